import { getJson, request, sendJson } from './http.ts';
import type { FileObject, ListPage, Model, StoreFile, VectorStore } from './types.ts';

/** Follows the pages of a list to its end (bounded, so that a server that repeats itself cannot hang the page). */
export async function listAll<T extends { id: string }>(path: string, signal?: AbortSignal, maxPages = 100): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page++) {
    const query: string = `limit=100${after === null ? '' : `&after=${encodeURIComponent(after)}`}`;
    const answer: ListPage<T> = await getJson<ListPage<T>>(`${path}?${query}`, signal);
    items.push(...answer.data);
    const last: string | null = answer.last_id ?? answer.data.at(-1)?.id ?? null;
    if (!answer.has_more || last === null || last === after) break;
    after = last;
  }
  return items;
}

export async function listModels(signal?: AbortSignal): Promise<Model[]> {
  return (await getJson<{ data: Model[] }>('v1/models', signal)).data;
}

export const listStores = (signal?: AbortSignal): Promise<VectorStore[]> => listAll('v1/vector_stores', signal);

export const createStore = (name: string): Promise<VectorStore> => sendJson('POST', 'v1/vector_stores', { name });

export const deleteStore = (id: string): Promise<unknown> => sendJson('DELETE', `v1/vector_stores/${enc(id)}`);

export const listStoreFiles = (id: string, signal?: AbortSignal): Promise<StoreFile[]> =>
  listAll(`v1/vector_stores/${enc(id)}/files`, signal);

export const attachFile = (storeId: string, fileId: string, signal?: AbortSignal): Promise<StoreFile> =>
  sendJson('POST', `v1/vector_stores/${enc(storeId)}/files`, { file_id: fileId }, signal);

export const getFile = (fileId: string, signal?: AbortSignal): Promise<FileObject> =>
  getJson(`v1/files/${enc(fileId)}`, signal);

export const deleteFile = (fileId: string): Promise<unknown> => sendJson('DELETE', `v1/files/${enc(fileId)}`);

export const detachFile = (storeId: string, fileId: string): Promise<unknown> =>
  sendJson('DELETE', `v1/vector_stores/${enc(storeId)}/files/${enc(fileId)}`);

/** State of one file in a collection, with the server's own wish for when to ask again. */
export async function pollFile(storeId: string, fileId: string, signal: AbortSignal): Promise<{ file: StoreFile; afterMs: number }> {
  const response = await request(`v1/vector_stores/${enc(storeId)}/files/${enc(fileId)}`, { signal });
  const wish = Number(response.headers.get('openai-poll-after-ms') ?? NaN);
  return { file: (await response.json()) as StoreFile, afterMs: Number.isFinite(wish) && wish > 0 ? wish : 700 };
}

/** The text of a document as the index holds it, in its parts. */
export async function readContent(storeId: string, fileId: string, signal: AbortSignal): Promise<string[]> {
  const path = `v1/vector_stores/${enc(storeId)}/files/${enc(fileId)}/content`;
  const page = await getJson<{ data: { type?: string; text?: string }[] }>(path, signal);
  return page.data.flatMap((part) => (typeof part.text === 'string' ? [part.text] : []));
}

export const originalPath = (fileId: string): string => `v1/files/${enc(fileId)}/content`;

const enc = encodeURIComponent;
