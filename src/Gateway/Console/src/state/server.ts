import { asApiError, isAbort } from '../api/http.ts';
import { listModels, listStores } from '../api/stores.ts';
import type { Model, VectorStore } from '../api/types.ts';
import { app } from './app.ts';

const whenDownMs = 3_000;
const whenLoadingMs = 1_500;
let timer: ReturnType<typeof setTimeout> | null = null;

/** Reads what the server has; while it is away or still loading models, asks again by itself. */
export async function refresh(): Promise<void> {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  try {
    const [models, stores, waitingFor] = await Promise.all([listModels(), storesOrNone(), missing()]);
    const ready = waitingFor.length === 0;
    app.set({ models, stores, waitingFor, server: ready ? 'up' : 'loading', needsKey: false });
    if (!ready) again(whenLoadingMs);
  } catch (error) {
    if (isAbort(error)) return;
    const failure = asApiError(error);
    if (failure.kind === 'auth') return;
    app.set({ server: failure.kind === 'offline' ? 'down' : app.get().server });
    again(whenDownMs);
  }
}

/** A server of this API that keeps no documents can still be talked to. */
async function storesOrNone(): Promise<VectorStore[]> {
  try {
    return await listStores();
  } catch (error) {
    if (asApiError(error).kind === 'not_found') return [];
    throw error;
  }
}

export async function refreshStores(): Promise<void> {
  try {
    app.set({ stores: await listStores() });
  } catch (error) {
    if (asApiError(error).kind === 'offline') noticeDown();
  }
}

export function noticeDown(): void {
  app.set({ server: 'down' });
  again(whenDownMs);
}

/** Waits for what the server has to be known: a question may be quicker than the page's first look. */
export function whenKnown(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const { server, models } = app.get();
      const known = server === 'up' || server === 'down' || chatModels(models).length > 0;
      if (!known && !signal.aborted) return;
      leave();
      signal.removeEventListener('abort', look);
      if (signal.aborted) reject(new DOMException('Stopped.', 'AbortError'));
      else resolve();
    };
    const leave = app.subscribe(look);
    signal.addEventListener('abort', look);
    look();
  });
}

function again(ms: number): void {
  timer ??= setTimeout(() => {
    timer = null;
    void refresh();
  }, ms);
}

/** What the server says that it still waits for; nothing when it is ready. */
async function missing(): Promise<string[]> {
  const response = await fetch('health/ready').catch(() => null);
  if (response?.status !== 503) return [];
  const body = (await response.json().catch(() => ({}))) as { reasons?: string[] };
  return body.reasons?.length ? body.reasons : ['The server is getting ready.'];
}

/** A server without a chat model still answers, word for word from the documents; it lists only that answerer. */
export function hasChatModel(models: readonly Model[]): boolean {
  return models.some((m) => kindOf(m) === 'chat' && m.meta?.status !== 'failed');
}

export const isExtractive = (model: Model): boolean => kindOf(model) === 'extractive';

/** What can be asked, those that write before those that only extract, those that failed to load last. */
export function chatModels(models: readonly Model[]): Model[] {
  const rank = (m: Model): number => (m.meta?.status === 'failed' ? 2 : isExtractive(m) ? 1 : 0);
  return models.filter((m) => kindOf(m) !== 'embedding').sort((a, b) => rank(a) - rank(b));
}

/** Other servers of this API tell less about a model; their embedding models go by their names. */
function kindOf(model: Model): string {
  return model.meta?.kind ?? (/(^|[-_/])(embed|bge|e5|gte|minilm)/i.test(model.id) ? 'embedding' : 'chat');
}

/** The first model that could not be loaded, with the reason. */
export const failedModel = (models: readonly Model[]): Model | undefined => models.find((m) => m.meta?.status === 'failed');

/** How many documents can be asked: more than are completed, while the meaning of some is still being learned. */
export const countOf = (store: VectorStore): number => store.x_documents ?? store.file_counts?.completed ?? 0;

export const nameOf = (store: VectorStore): string => store.name || store.id;
