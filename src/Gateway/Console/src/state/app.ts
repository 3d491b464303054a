import type { Citation, Model, VectorStore } from '../api/types.ts';
import type { Upload } from '../documents/upload-queue.ts';
import type { Conversation } from './conversation.ts';
import { Store } from './store.ts';

export type Panel =
  | { kind: 'passage'; citation: Citation; number: number; storeIds: string[] }
  | { kind: 'documents'; storeId: string | null };

export type ServerState = 'unknown' | 'up' | 'loading' | 'down';

export interface AppState {
  server: ServerState;
  /** Sentences of the server about what it still waits for. */
  waitingFor: string[];
  models: Model[];
  stores: VectorStore[];
  conversations: Conversation[];
  currentId: string;
  /** Conversation whose answer is being written. */
  streamingId: string | null;
  panel: Panel | null;
  uploads: Upload[];
  needsKey: boolean;
  sidebarOpen: boolean;
  notice: string | null;
}

export const app = new Store<AppState>({
  server: 'unknown',
  waitingFor: [],
  models: [],
  stores: [],
  conversations: [],
  currentId: '',
  streamingId: null,
  panel: null,
  uploads: [],
  needsKey: false,
  sidebarOpen: false,
  notice: null,
});
