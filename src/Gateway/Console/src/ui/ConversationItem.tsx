import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Conversation } from '../state/conversation.ts';
import { remove, rename, select } from '../state/conversations.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { IconButton } from './IconButton.tsx';

export function ConversationItem({ conversation, current }: { conversation: Conversation; current: boolean }): JSX.Element {
  const [editing, setEditing] = useState(false);
  const [asking, setAsking] = useState(false);
  if (editing) {
    const done = (value: string): void => {
      rename(conversation.id, value);
      setEditing(false);
    };
    return (
      <li class="conversation">
        <input
          class="rename"
          aria-label="Name of the conversation"
          value={conversation.title}
          ref={(e) => {
            if (e && document.activeElement !== e) e.select();
          }}
          onBlur={(e) => done(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key === 'Enter') done(e.currentTarget.value);
            if (e.key === 'Escape') {
              e.stopPropagation();
              setEditing(false);
            }
          }}
        />
      </li>
    );
  }
  return (
    <li class={`conversation ${current ? 'is-current' : ''}`}>
      <button type="button" class="conversation-open" aria-current={current ? 'true' : undefined} onClick={() => select(conversation.id)}>
        {conversation.title || 'New chat'}
      </button>
      <span class="conversation-tools">
        <IconButton icon="edit" label={`Rename “${conversation.title}”`} onClick={() => setEditing(true)} />
        <IconButton icon="trash" label={`Delete “${conversation.title}”`} onClick={() => setAsking(true)} />
      </span>
      {asking && (
        <ConfirmDialog
          title="Delete this conversation?"
          text={`“${conversation.title}” is kept in this browser only. Deleted, it is gone.`}
          action="Delete"
          onDone={(yes) => {
            setAsking(false);
            if (yes) remove(conversation.id);
          }}
        />
      )}
    </li>
  );
}
