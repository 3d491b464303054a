import { afterReload, type Conversation } from './conversation.ts';

const prefix = 'genai.conversation.';

/** Conversations live in this browser alone, each under a key of its own, so a save costs only what changed. */
export function loadConversations(storage: Storage): Conversation[] {
  const found: Conversation[] = [];
  for (let i = 0; i < storage.length; i++) {
    const key = storage.key(i);
    if (key?.startsWith(prefix)) {
      const conversation = read(storage, key);
      if (conversation) found.push(afterReload(conversation));
    }
  }
  return found.sort((a, b) => b.updatedAt - a.updatedAt);
}

function read(storage: Storage, key: string): Conversation | null {
  try {
    const value = JSON.parse(storage.getItem(key) ?? 'null') as Conversation | null;
    return value && typeof value.id === 'string' && Array.isArray(value.messages) ? value : null;
  } catch {
    return null;
  }
}

/** False when the browser's room is used up: the conversation then lives only as long as the page. */
export function saveConversation(storage: Storage, conversation: Conversation): boolean {
  try {
    storage.setItem(prefix + conversation.id, JSON.stringify(conversation));
    return true;
  } catch {
    return false;
  }
}

export function removeConversation(storage: Storage, id: string): void {
  storage.removeItem(prefix + id);
}
