import type { ErrorKind } from '../api/errors.ts';
import type { ChatTurn, Citation, Usage } from '../api/types.ts';

export interface MessageError {
  kind: ErrorKind;
  message: string;
  /** Seconds after which the page asks again by itself; null when the reader has to. */
  retryAfter: number | null;
}

export interface Message {
  id: string;
  role: 'user' | 'assistant';
  content: string;
  state: 'done' | 'streaming' | 'stopped' | 'failed';
  citations?: Citation[];
  policy?: string;
  model?: string;
  finish?: string;
  usage?: Usage;
  seconds?: number;
  error?: MessageError;
}

export interface Conversation {
  id: string;
  title: string;
  updatedAt: number;
  /** Empty means: the first model that the server lists. */
  model: string;
  /** Null means: not chosen yet, so every collection that has documents. */
  storeIds: string[] | null;
  messages: Message[];
}

export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(9)), (b) => b.toString(36).padStart(2, '0')).join('');

export const emptyConversation = (from?: Conversation): Conversation => ({
  id: newId(),
  title: '',
  updatedAt: Date.now(),
  model: from?.model ?? '',
  storeIds: from?.storeIds ?? null,
  messages: [],
});

/** What is sent: the questions and what was answered; a failed or empty answer is no turn, nor is its question. */
export function turnsOf(messages: readonly Message[], onlyLast = false): ChatTurn[] {
  const turns: ChatTurn[] = [];
  for (let i = 0; i < messages.length; i++) {
    const message = messages[i] as Message;
    const answer = messages[i + 1];
    const isOpenQuestion = message.role === 'user' && (answer === undefined || answer.state === 'streaming');
    if (isOpenQuestion) turns.push({ role: 'user', content: message.content });
    else if (message.role === 'user' && answer?.role === 'assistant' && answer.content !== '' && !onlyLast) {
      turns.push({ role: 'user', content: message.content }, { role: 'assistant', content: answer.content });
    }
  }
  return turns;
}

/** A title from the first question: one line, at most sixty characters, cut at a word. */
export function titleOf(question: string): string {
  const line = question.trim().replace(/\s+/g, ' ');
  if (line.length <= 60) return line;
  const cut = line.slice(0, 60);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 30)).trimEnd()}…`;
}

/** What an interrupted page left behind: an answer that was being written was stopped, and nothing asks again by itself. */
export function afterReload(conversation: Conversation): Conversation {
  const settled = (m: Message): Message => ({
    ...m,
    ...(m.state === 'streaming' ? { state: 'stopped', finish: 'reload' } : {}),
    ...(m.error ? { error: { ...m.error, retryAfter: null } } : {}),
  });
  return { ...conversation, messages: conversation.messages.map(settled) };
}
