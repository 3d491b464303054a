import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { storesOf } from '../chat/answer.ts';
import { app } from '../state/app.ts';
import type { Conversation } from '../state/conversation.ts';
import { update } from '../state/conversations.ts';
import { countOf, nameOf, refreshStores } from '../state/server.ts';
import { useStore } from '../state/store.ts';
import { Icon } from '../ui/icons.tsx';
import { openPanel } from '../ui/panel.ts';

/** Which collections a conversation asks. */
export function CollectionPicker({ conversation }: { conversation: Conversation }): JSX.Element {
  const stores = useStore(app, (s) => s.stores);
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const chosen = storesOf(conversation);
  useEffect(() => {
    if (!open) return;
    void refreshStores();
    const outside = (e: Event): void => {
      if (e.target instanceof Node && !root.current?.contains(e.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  const toggle = (id: string, on: boolean): void => {
    const storeIds = on ? [...chosen, id] : chosen.filter((s) => s !== id);
    update(conversation.id, (c) => ({ ...c, storeIds }));
  };
  return (
    <div
      class="picker"
      ref={root}
      onKeyDown={(e) => {
        if (e.key !== 'Escape' || !open) return;
        e.preventDefault();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button type="button" class="picker-button" ref={button} aria-expanded={open} aria-controls="collections" onClick={() => setOpen(!open)}>
        <Icon name="folder" />
        <span class="picker-text">{summary(chosen, stores)}</span>
        <Icon name="down" />
      </button>
      {open && (
        <div class="popover" id="collections">
          <fieldset>
            <legend>Answer from</legend>
            {stores.map((s) => (
              <label key={s.id} class="check">
                <input type="checkbox" checked={chosen.includes(s.id)} onChange={(e) => toggle(s.id, e.currentTarget.checked)} />
                <span>{nameOf(s)}</span>
                <span class="faint">{countOf(s)}</span>
              </label>
            ))}
            {stores.length === 0 && <p class="faint">There is no collection yet.</p>}
          </fieldset>
          <button
            type="button"
            class="quiet"
            onClick={() => {
              setOpen(false);
              openPanel({ kind: 'documents', storeId: null });
            }}
          >
            Documents and collections…
          </button>
        </div>
      )}
    </div>
  );
}

function summary(chosen: string[], stores: { id: string; name?: string | null }[]): string {
  if (chosen.length === 0) return 'No documents';
  const first = stores.find((s) => s.id === chosen[0]);
  const name = first?.name || chosen[0] || '';
  return chosen.length === 1 ? name : `${name} +${chosen.length - 1}`;
}
