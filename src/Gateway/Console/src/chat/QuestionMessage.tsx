import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Message } from '../state/conversation.ts';
import { Icon } from '../ui/icons.tsx';
import { editQuestion } from './answer.ts';

interface Props {
  message: Message;
  conversationId: string;
  editable: boolean;
}

export function QuestionMessage({ message, conversationId, editable }: Props): JSX.Element {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft !== null) {
    const send = (): void => {
      setDraft(null);
      editQuestion(conversationId, message.id, draft);
    };
    return (
      <form
        class="question question-edit"
        onSubmit={(e) => {
          e.preventDefault();
          send();
        }}
      >
        <textarea
          aria-label="Edit the question"
          rows={3}
          value={draft}
          ref={(e) => {
            if (e && document.activeElement !== e && e.dataset['seen'] === undefined) {
              e.dataset['seen'] = '';
              e.focus();
            }
          }}
          onInput={(e) => setDraft(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key === 'Escape') {
              e.preventDefault();
              setDraft(null);
            } else if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
              e.preventDefault();
              send();
            }
          }}
        />
        <div class="question-actions">
          <button type="button" class="quiet" onClick={() => setDraft(null)}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={draft.trim() === ''}>
            Ask again
          </button>
        </div>
      </form>
    );
  }
  return (
    <article class="question" aria-label="Your question">
      <p>{message.content}</p>
      {editable && (
        <button type="button" class="tool edit-question" onClick={() => setDraft(message.content)}>
          <Icon name="edit" /> Edit
        </button>
      )}
    </article>
  );
}
