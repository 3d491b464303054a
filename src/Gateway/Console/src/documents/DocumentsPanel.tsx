import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { asApiError } from '../api/http.ts';
import { deleteStore } from '../api/stores.ts';
import { app } from '../state/app.ts';
import { countOf, nameOf, refreshStores } from '../state/server.ts';
import { useStore } from '../state/store.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Icon } from '../ui/icons.tsx';
import { closePanel } from '../ui/panel.ts';
import { addDocuments, createCollection } from './add-documents.ts';
import { FileList } from './FileList.tsx';
import { NewCollection } from './NewCollection.tsx';
import { Renewal } from './Renewal.tsx';
import { UploadItem } from './UploadItem.tsx';

const accepted = '.md,.txt,.html,.htm,.pdf,.docx,.csv,.json';

export function DocumentsPanel({ storeId }: { storeId: string | null }): JSX.Element {
  const stores = useStore(app, (s) => s.stores);
  const uploads = useStore(app, (s) => s.uploads);
  const [asking, setAsking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    heading.current?.focus();
    void refreshStores();
  }, []);
  const current = stores.find((s) => s.id === storeId) ?? stores[0];
  const show = (id: string | null): void => app.set({ panel: { kind: 'documents', storeId: id } });
  const create = async (name: string): Promise<void> => {
    try {
      show(await createCollection(name));
    } catch (error) {
      app.set({ notice: asApiError(error).message });
    }
  };
  const remove = async (id: string): Promise<void> => {
    await deleteStore(id).catch((e: unknown) => app.set({ notice: asApiError(e).message }));
    await refreshStores();
    show(null);
  };
  const here = uploads.filter((u) => u.storeId === current?.id);
  return (
    <aside class="panel" aria-labelledby="documents-title">
      <header class="panel-head">
        <div class="panel-title">
          <h2 id="documents-title" tabIndex={-1} ref={heading}>
            Documents
          </h2>
        </div>
        <IconButton icon="close" label="Close the documents" onClick={closePanel} />
      </header>
      <div class="panel-body">
        {current && (
          <div class="collection-bar">
            <label class="select">
              <span class="select-label">Collection</span>
              <select value={current.id} onChange={(e) => show(e.currentTarget.value)}>
                {stores.map((s) => (
                  <option key={s.id} value={s.id}>
                    {nameOf(s)} ({countOf(s)})
                  </option>
                ))}
              </select>
            </label>
            <IconButton icon="trash" label={`Delete the collection ${nameOf(current)}`} onClick={() => setAsking(true)} />
          </div>
        )}
        <NewCollection onCreate={(name) => void create(name)} first={stores.length === 0} />
        <button type="button" class="drop-target" onClick={() => input.current?.click()}>
          <Icon name="upload" />
          <span>
            <strong>Choose files</strong> or drop them anywhere on the page
          </span>
          <span class="faint">PDF, Word, Markdown, text, HTML, CSV, JSON</span>
        </button>
        <input
          ref={input}
          class="visually-hidden"
          type="file"
          multiple
          accept={accepted}
          tabIndex={-1}
          aria-label="Files to add"
          onChange={(e) => {
            void addDocuments([...(e.currentTarget.files ?? [])], current?.id ?? null);
            e.currentTarget.value = '';
          }}
        />
        {here.length > 0 && (
          <ul class="uploads" aria-label="Being added">
            {here.map((u) => (
              <UploadItem key={u.id} upload={u} />
            ))}
          </ul>
        )}
        {current && <Renewal key={`renewal-${current.id}`} store={current} />}
        {current && <FileList key={current.id} storeId={current.id} />}
      </div>
      {asking && current && (
        <ConfirmDialog
          title={`Delete “${nameOf(current)}”?`}
          text="The collection and what was read from its documents goes. This cannot be undone."
          action="Delete"
          onDone={(yes) => {
            setAsking(false);
            if (yes) void remove(current.id);
          }}
        />
      )}
    </aside>
  );
}
