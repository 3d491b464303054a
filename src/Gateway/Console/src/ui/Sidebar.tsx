import type { JSX } from 'preact';
import { app } from '../state/app.ts';
import { startNew } from '../state/conversations.ts';
import { useStore } from '../state/store.ts';
import { ConversationItem } from './ConversationItem.tsx';
import { Icon } from './icons.tsx';
import { Mark } from './Mark.tsx';
import { openPanel } from './panel.ts';
import { ThemeButton } from './ThemeButton.tsx';

export function Sidebar(): JSX.Element {
  const conversations = useStore(app, (s) => s.conversations);
  const currentId = useStore(app, (s) => s.currentId);
  const kept = conversations.filter((c) => c.messages.length > 0);
  return (
    <nav class="sidebar" aria-label="Conversations">
      <div class="brand">
        <Mark />
        <span>GenAI</span>
        <ThemeButton />
      </div>
      <button
        type="button"
        class="new-chat"
        onClick={() => {
          startNew();
          document.getElementById('question')?.focus();
        }}
      >
        <Icon name="plus" /> New chat
      </button>
      <ul class="conversations">
        {kept.map((c) => (
          <ConversationItem key={c.id} conversation={c} current={c.id === currentId} />
        ))}
      </ul>
      {kept.length === 0 && <p class="faint">Your conversations stay in this browser and are listed here.</p>}
      <button type="button" class="sidebar-foot" onClick={() => openPanel({ kind: 'documents', storeId: null })}>
        <Icon name="folder" /> Documents
      </button>
    </nav>
  );
}
