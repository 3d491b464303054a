import { asApiError } from '../api/http.ts';
import { createStore } from '../api/stores.ts';
import { storesOf } from '../chat/answer.ts';
import { app } from '../state/app.ts';
import { currentOf, update } from '../state/conversations.ts';
import { refreshStores } from '../state/server.ts';
import { openPanel } from '../ui/panel.ts';
import { addUploads } from './upload-queue.ts';

export const firstCollectionName = 'My documents';

/** Adds files to a collection: the one open in the panel, else the only chosen one, else "My documents". */
export async function addDocuments(files: readonly File[], storeId: string | null = null): Promise<void> {
  if (files.length === 0) return;
  try {
    const target = storeId ?? targetOf() ?? (await createCollection(firstCollectionName));
    openPanel({ kind: 'documents', storeId: target });
    choose(target);
    addUploads(target, files);
  } catch (error) {
    app.set({ notice: asApiError(error).message });
  }
}

export async function createCollection(name: string): Promise<string> {
  const { id } = await createStore(name);
  await refreshStores();
  return id;
}

/** Where dropped files go; null when a collection has to be made first. */
export function targetOf(): string | null {
  const state = app.get();
  if (state.panel?.kind === 'documents' && state.panel.storeId !== null) return state.panel.storeId;
  const own = state.stores.find((s) => s.name === firstCollectionName);
  const conversation = currentOf(state);
  const chosen = conversation?.storeIds ? storesOf(conversation) : [];
  return chosen.length === 1 ? (chosen[0] ?? null) : (own?.id ?? null);
}

/** Whoever adds a document wants to ask it: its collection joins the conversation's choice. */
function choose(storeId: string): void {
  const conversation = currentOf(app.get());
  if (!conversation) return;
  const chosen = storesOf(conversation);
  if (!chosen.includes(storeId)) update(conversation.id, (c) => ({ ...c, storeIds: [...chosen, storeId] }));
}
