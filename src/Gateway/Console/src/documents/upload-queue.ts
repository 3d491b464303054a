import { asApiError, isAbort } from '../api/http.ts';
import { attachFile, deleteFile, detachFile, pollFile } from '../api/stores.ts';
import type { StoreFile } from '../api/types.ts';
import { uploadFile } from '../api/upload.ts';
import { app } from '../state/app.ts';
import { newId } from '../state/conversation.ts';
import { askable } from './progress.ts';
import { noticeDown, refreshStores } from '../state/server.ts';

export interface Upload {
  id: string;
  storeId: string;
  name: string;
  size: number;
  fileId: string | null;
  state: 'waiting' | 'sending' | 'reading' | 'done' | 'failed' | 'cancelled';
  /** What the server is doing with the file, in its words. */
  stage: string | null;
  /** Share done of the present state, 0 to 1; null where nothing tells. */
  progress: number | null;
  /** Seconds that the server thinks are left. */
  secondsLeft: number | null;
  error: string | null;
}

const atOnce = 2;
const slowestPollMs = 3_000;
const files = new Map<string, File>();
const controllers = new Map<string, AbortController>();

export function addUploads(storeId: string, chosen: readonly File[]): void {
  const uploads = chosen.map((file): Upload => {
    const id = newId();
    files.set(id, file);
    return { id, storeId, name: file.name, size: file.size, fileId: null, state: 'waiting', stage: null, progress: null, secondsLeft: null, error: null };
  });
  app.set({ uploads: [...app.get().uploads, ...uploads] });
  pump();
}

/** Starts again from what was reached: a file that arrived is not sent twice. */
export function retryUpload(id: string): void {
  change(id, { state: 'waiting', stage: null, progress: null, secondsLeft: null, error: null });
  pump();
}

/** Stops a file wherever it is; what the server had of it goes. */
export function cancelUpload(id: string): void {
  const upload = find(id);
  controllers.get(id)?.abort();
  change(id, { state: 'cancelled', stage: null, progress: null });
  if (upload?.fileId) void removeFromServer(upload.storeId, upload.fileId);
  pump();
}

export function dismissUpload(id: string): void {
  files.delete(id);
  app.set({ uploads: app.get().uploads.filter((u) => u.id !== id) });
}

/** Takes a document out of its collection and deletes its bytes. */
export async function removeFromServer(storeId: string, fileId: string): Promise<void> {
  await detachFile(storeId, fileId).catch(ignoreMissing);
  await deleteFile(fileId).catch(ignoreMissing);
  await refreshStores();
}

function ignoreMissing(error: unknown): void {
  const failure = asApiError(error);
  if (failure.kind !== 'not_found') app.set({ notice: failure.message });
}

function pump(): void {
  const uploads = app.get().uploads;
  let free = atOnce - uploads.filter((u) => u.state === 'sending').length;
  for (const upload of uploads) {
    if (free <= 0) return;
    if (upload.state !== 'waiting') continue;
    free--;
    void run(upload.id);
  }
}

async function run(id: string): Promise<void> {
  const upload = find(id);
  const file = files.get(id);
  if (!upload || !file) return;
  const controller = new AbortController();
  controllers.set(id, controller);
  change(id, { state: 'sending', progress: 0 });
  try {
    const sent = upload.fileId ?? (await uploadFile(file, (progress) => change(id, { progress }), controller.signal)).id;
    change(id, { fileId: sent, state: 'reading', progress: null, stage: 'queued' });
    pump();
    const first = await attachFile(upload.storeId, sent, controller.signal);
    await follow(id, upload.storeId, sent, first, controller.signal);
  } catch (error) {
    if (!isAbort(error)) change(id, { state: 'failed', error: asApiError(error).message, progress: null });
  } finally {
    controllers.delete(id);
    pump();
    await refreshStores();
  }
}

async function follow(id: string, storeId: string, fileId: string, first: StoreFile, signal: AbortSignal): Promise<void> {
  let file = first;
  let wait = 250;
  let isAskable = false;
  while (file.status === 'in_progress') {
    change(id, { stage: file.x_stage ?? null, progress: file.x_progress ?? null, secondsLeft: file.x_eta_seconds ?? null });
    if (file.x_stage === askable && !isAskable) {
      isAskable = true;
      void refreshStores();
    }
    await pause(wait, signal);
    const answer = await pollFile(storeId, fileId, signal).catch(whenAway);
    if (answer === null) {
      wait = slowestPollMs;
      continue;
    }
    file = answer.file;
    wait = Math.min(slowestPollMs, Math.max(wait * 1.3, Math.min(answer.afterMs, 1_000)));
  }
  if (file.status === 'completed') change(id, { state: 'done', stage: null, progress: 1 });
  else change(id, { state: 'failed', progress: null, error: file.last_error?.message || `The server ended with “${file.status}”.` });
}

/** A server that was stopped goes on with the file when it starts again, and so does the page. */
function whenAway(error: unknown): null {
  if (isAbort(error) || asApiError(error).kind !== 'offline') throw error;
  noticeDown();
  return null;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('Cancelled.', 'AbortError'));
    });
  });
}

const find = (id: string): Upload | undefined => app.get().uploads.find((u) => u.id === id);

function change(id: string, patch: Partial<Upload>): void {
  if (find(id)?.state === 'cancelled' && patch.state !== 'waiting') return;
  app.set({ uploads: app.get().uploads.map((u) => (u.id === id ? { ...u, ...patch } : u)) });
}
