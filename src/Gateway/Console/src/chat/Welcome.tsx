import type { JSX } from 'preact';
import { app } from '../state/app.ts';
import type { Conversation } from '../state/conversation.ts';
import { countOf } from '../state/server.ts';
import { useStore } from '../state/store.ts';
import { Icon } from '../ui/icons.tsx';
import { Mark } from '../ui/Mark.tsx';
import { openPanel } from '../ui/panel.ts';
import { ask } from './answer.ts';
import { suggestionsFor } from './suggestions.ts';

export function Welcome({ conversation }: { conversation: Conversation }): JSX.Element {
  const stores = useStore(app, (s) => s.stores);
  const server = useStore(app, (s) => s.server);
  const documents = stores.reduce((sum, s) => sum + countOf(s), 0);
  const suggestions = suggestionsFor(stores);
  return (
    <div class="welcome">
      <Mark />
      <h1>Ask your documents</h1>
      <p>
        Every answer shows where it comes from: open a number to read the passage. Nothing you ask leaves this server.
      </p>
      {suggestions.length > 0 && (
        <ul class="suggestions" aria-label="Questions to begin with">
          {suggestions.map((question) => (
            <li key={question}>
              <button type="button" onClick={() => ask(conversation.id, question)}>
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
      <button type="button" class="quiet" onClick={() => openPanel({ kind: 'documents', storeId: null })}>
        <Icon name="upload" />{' '}
        {documents === 0 && server === 'up' ? 'Add your first documents' : 'Add documents, or drop them anywhere'}
      </button>
    </div>
  );
}
