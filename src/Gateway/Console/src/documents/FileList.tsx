import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { asApiError } from '../api/http.ts';
import { getFile, listAll, listStoreFiles } from '../api/stores.ts';
import type { FileObject, StoreFile, VectorStore } from '../api/types.ts';
import { app } from '../state/app.ts';
import { useStore } from '../state/store.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Icon } from '../ui/icons.tsx';
import { stageText } from './progress.ts';
import { removeFromServer } from './upload-queue.ts';

interface Row extends StoreFile {
  name: string;
}

/** What a collection holds, newest state first read when it changes. */
export function FileList({ storeId }: { storeId: string }): JSX.Element | null {
  const [rows, setRows] = useState<Row[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [asking, setAsking] = useState<Row | null>(null);
  const version = useStore(app, (s) => stateOf(s.stores.find((x) => x.id === storeId)));
  useEffect(() => {
    const controller = new AbortController();
    read(storeId, controller.signal).then(
      (r) => {
        setRows(r);
        setFailure(null);
      },
      (e: unknown) => {
        if (!controller.signal.aborted) setFailure(asApiError(e).message);
      },
    );
    return () => controller.abort();
  }, [storeId, version]);
  // A file on its way stands in the list above, with its progress.
  const underway = useStore(app, (s) => s.uploads);
  const listed = (rows ?? []).filter((r) => !underway.some((u) => u.fileId === r.id && u.storeId === storeId));
  if (failure !== null) return <p class="note note-bad">{failure}</p>;
  if (rows === null) return <p class="faint">Reading the list…</p>;
  if (listed.length === 0) return rows.length > 0 ? null : <p class="faint">This collection is empty.</p>;
  return (
    <ul class="files" aria-label="Documents in the collection">
      {listed.map((row) => (
        <li key={row.id} class="file" data-state={row.status}>
          <Icon name="file" />
          <span class="upload-text">
            <span class="file-name">{row.name}</span>
            {row.status !== 'completed' && <span class="upload-state">{row.last_error?.message ?? (row.status === 'in_progress' ? stageText(row.x_stage) : row.status)}</span>}
          </span>
          <IconButton icon="trash" label={`Delete ${row.name}`} onClick={() => setAsking(row)} />
        </li>
      ))}
      {asking && (
        <ConfirmDialog
          title={`Delete “${asking.name}”?`}
          text="The document and everything read from it goes. Answers that cite it keep their quotes."
          action="Delete"
          onDone={(yes) => {
            setAsking(null);
            if (yes) void removeFromServer(storeId, asking.id);
          }}
        />
      )}
    </ul>
  );
}

const stateOf = (store: VectorStore | undefined): string => JSON.stringify([store?.file_counts ?? null, store?.x_documents ?? null]);

async function read(storeId: string, signal: AbortSignal): Promise<Row[]> {
  const [files, all] = await Promise.all([listStoreFiles(storeId, signal), listAll<FileObject>('v1/files', signal).catch(() => [])]);
  const names = new Map(all.map((f) => [f.id, f.filename]));
  return Promise.all(
    files.map(async (f) => ({ ...f, name: f.x_filename ?? names.get(f.id) ?? (await nameOf(f.id, signal)) })),
  );
}

async function nameOf(id: string, signal: AbortSignal): Promise<string> {
  return (await getFile(id, signal).catch(() => null))?.filename ?? id;
}
