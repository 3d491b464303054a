import { app, type AppState } from './app.ts';
import { emptyConversation, titleOf, type Conversation, type Message } from './conversation.ts';
import { loadConversations, removeConversation, saveConversation } from './persistence.ts';

const saveEveryMs = 500;
const unsaved = new Set<string>();
let timer: ReturnType<typeof setTimeout> | null = null;

export const currentOf = (state: AppState): Conversation | undefined =>
  state.conversations.find((c) => c.id === state.currentId);

export function start(): void {
  const conversations = loadConversations(localStorage);
  const fresh = emptyConversation(conversations[0]);
  app.set({ conversations: [fresh, ...conversations], currentId: fresh.id });
  addEventListener('pagehide', flush);
}

/** Changes one conversation; saving waits a moment, so that a stream does not write for each token. */
export function update(id: string, change: (conversation: Conversation) => Conversation): void {
  const conversations = app.get().conversations.map((c) => (c.id === id ? change(c) : c));
  app.set({ conversations });
  unsaved.add(id);
  timer ??= setTimeout(flush, saveEveryMs);
}

export function flush(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  for (const id of unsaved) {
    const conversation = app.get().conversations.find((c) => c.id === id);
    if (conversation && conversation.messages.length > 0 && !saveConversation(localStorage, conversation)) {
      app.set({ notice: 'This browser has no room left for conversations. Delete old ones to keep new ones.' });
    }
  }
  unsaved.clear();
}

export function updateMessage(id: string, messageId: string, change: Partial<Message>): void {
  update(id, (c) => ({ ...c, messages: c.messages.map((m) => (m.id === messageId ? { ...m, ...change } : m)) }));
}

export function select(id: string): void {
  app.set({ currentId: id, sidebarOpen: false, panel: null });
}

export function startNew(): void {
  const state = app.get();
  const current = currentOf(state);
  const empty = state.conversations.find((c) => c.messages.length === 0) ?? emptyConversation(current);
  const rest = state.conversations.filter((c) => c.id !== empty.id);
  const fresh = { ...empty, model: current?.model ?? '', storeIds: current?.storeIds ?? null };
  app.set({ conversations: [fresh, ...rest], currentId: fresh.id, sidebarOpen: false, panel: null });
}

export function rename(id: string, title: string): void {
  if (title.trim() !== '') update(id, (c) => ({ ...c, title: titleOf(title) }));
}

export function remove(id: string): void {
  removeConversation(localStorage, id);
  unsaved.delete(id);
  const rest = app.get().conversations.filter((c) => c.id !== id);
  app.set({ conversations: rest });
  if (app.get().currentId === id) startNew();
}
