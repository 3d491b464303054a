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
    const [models, stores, ready] = await Promise.all([listModels(), listStores(), isReady()]);
    app.set({ models, stores, server: ready ? 'up' : 'loading', needsKey: false });
    if (!ready) again(whenLoadingMs);
  } catch (error) {
    if (isAbort(error)) return;
    const failure = asApiError(error);
    if (failure.kind === 'auth') return;
    app.set({ server: failure.kind === 'offline' ? 'down' : app.get().server });
    again(whenDownMs);
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

function again(ms: number): void {
  timer ??= setTimeout(() => {
    timer = null;
    void refresh();
  }, ms);
}

async function isReady(): Promise<boolean> {
  const response = await fetch('health/ready').catch(() => null);
  return response === null || response.status !== 503;
}

/** A server without a chat model still answers, word for word from the documents; it lists only that answerer. */
export function hasChatModel(models: readonly Model[]): boolean {
  return chatModels(models).some((m) => !isExtractive(m));
}

export const isExtractive = (model: Model): boolean => /extractive/i.test(model.id);

export function chatModels(models: readonly Model[]): Model[] {
  return models.filter((m) => {
    const capabilities = m.meta?.['capabilities'];
    if (Array.isArray(capabilities)) return capabilities.some((c) => /chat|completion|answer/i.test(String(c)));
    return !/(^|[-_/])(embed|bge|e5|gte|minilm)/i.test(m.id);
  });
}

export const countOf = (store: VectorStore): number => store.file_counts?.completed ?? 0;

export const nameOf = (store: VectorStore): string => store.name || store.id;
