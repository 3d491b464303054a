import type { JSX } from 'preact';
import { modelOf } from '../chat/answer.ts';
import { CollectionPicker } from '../documents/CollectionPicker.tsx';
import { app } from '../state/app.ts';
import { currentOf, update } from '../state/conversations.ts';
import { chatModels, isExtractive } from '../state/server.ts';
import { useStore } from '../state/store.ts';
import { IconButton } from './IconButton.tsx';

export function Header(): JSX.Element {
  const conversation = useStore(app, currentOf);
  const models = useStore(app, (s) => s.models);
  const sidebarOpen = useStore(app, (s) => s.sidebarOpen);
  const usable = chatModels(models);
  return (
    <header class="header">
      <IconButton
        icon="menu"
        label="Conversations"
        class="only-narrow"
        expanded={sidebarOpen}
        onClick={() => app.set({ sidebarOpen: !sidebarOpen })}
      />
      {conversation && <CollectionPicker conversation={conversation} />}
      {conversation && usable.length > 0 && (
        <label class="select">
          <span class="select-label">Model</span>
          <select
            value={modelOf(conversation)}
            onChange={(e) => {
              const model = e.currentTarget.value;
              update(conversation.id, (c) => ({ ...c, model }));
            }}
          >
            {usable.map((m) => (
              <option key={m.id} value={m.id}>
                {isExtractive(m) ? `${m.id} (no model)` : m.id}
              </option>
            ))}
          </select>
        </label>
      )}
    </header>
  );
}
