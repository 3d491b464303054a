import type { ApiError } from '../api/errors.ts';
import { streamChat, type ChatDelta } from '../api/chat.ts';
import { asApiError, isAbort } from '../api/http.ts';
import { app } from '../state/app.ts';
import { newId, titleOf, turnsOf, type Conversation, type Message } from '../state/conversation.ts';
import { flush, update, updateMessage } from '../state/conversations.ts';
import { chatModels, countOf, noticeDown, whenKnown } from '../state/server.ts';

const longestAutoWait = 20;
const mostAutoTries = 5;
let busyInRow = 0;
let running: AbortController | null = null;

/** Asks a new question in a conversation. */
export function ask(id: string, question: string): void {
  if (app.get().streamingId !== null || question.trim() === '') return;
  busyInRow = 0;
  update(id, (c) => ({
    ...c,
    title: c.title || titleOf(question),
    updatedAt: Date.now(),
    messages: [...c.messages, message('user', question.trim())],
  }));
  void answer(id);
}

/** Answers the last question anew, in place of what was answered. */
export function retry(id: string, onlyLast = false): void {
  if (app.get().streamingId !== null) return;
  update(id, (c) => ({ ...c, messages: upToLastQuestion(c.messages) }));
  void answer(id, onlyLast);
}

/** Puts other words in place of a question; what followed it goes. */
export function editQuestion(id: string, messageId: string, question: string): void {
  if (app.get().streamingId !== null || question.trim() === '') return;
  update(id, (c) => {
    const at = c.messages.findIndex((m) => m.id === messageId);
    const title = at === 0 && c.title === titleOf(c.messages[0]?.content ?? '') ? titleOf(question) : c.title;
    return { ...c, title, messages: at < 0 ? c.messages : c.messages.slice(0, at) };
  });
  ask(id, question);
}

export function stop(): void {
  running?.abort();
}

/** Collections a conversation asks: those chosen, or all that hold documents. */
export function storesOf(conversation: Conversation): string[] {
  const stores = app.get().stores;
  if (conversation.storeIds !== null) return conversation.storeIds.filter((s) => stores.some((x) => x.id === s));
  return stores.filter((s) => countOf(s) > 0).map((s) => s.id);
}

export function modelOf(conversation: Conversation): string {
  const models = chatModels(app.get().models);
  return models.some((m) => m.id === conversation.model) ? conversation.model : (models[0]?.id ?? '');
}

async function answer(id: string, onlyLast = false): Promise<void> {
  const conversation = app.get().conversations.find((c) => c.id === id);
  if (!conversation) return;
  const reply = message('assistant', '', 'streaming');
  const controller = new AbortController();
  running = controller;
  app.set({ streamingId: id });
  update(id, (c) => ({ ...c, messages: [...c.messages, reply] }));
  const started = performance.now();
  const writer = new AnswerWriter(id, reply);
  try {
    await whenKnown(controller.signal);
    const stores = storesOf(conversation);
    const request = {
      model: modelOf(conversation),
      messages: turnsOf(conversation.messages, onlyLast),
      ...(stores.length > 0 ? { vector_store_ids: stores } : {}),
    };
    for await (const delta of streamChat(request, controller.signal)) writer.add(delta);
    writer.end({ state: 'done', seconds: (performance.now() - started) / 1000 });
    busyInRow = 0;
    if (app.get().server === 'down') app.set({ server: 'up' });
  } catch (error) {
    if (isAbort(error)) writer.end({ state: 'stopped' });
    else writer.end({ state: 'failed', error: toError(asApiError(error)) });
  } finally {
    running = null;
    app.set({ streamingId: null });
    flush();
  }
}

function toError(failure: ApiError): Message['error'] {
  if (failure.kind === 'offline') noticeDown();
  const isBusy = failure.kind === 'busy';
  busyInRow = isBusy ? busyInRow + 1 : 0;
  const wait = failure.retryAfter ?? 2 * busyInRow + 1;
  // A page that asks for ever would be part of the crowd: after some tries it waits for its reader.
  const retryAfter = isBusy && busyInRow <= mostAutoTries && wait <= longestAutoWait ? wait : null;
  return { kind: failure.kind, message: failure.message, retryAfter };
}

/** Gathers deltas and shows them once a frame: the page costs the same for a fast model as for a slow one. */
class AnswerWriter {
  #pending = false;
  #ended = false;
  #state: Partial<Message>;

  constructor(
    private readonly conversationId: string,
    private readonly reply: Message,
  ) {
    this.#state = { content: '' };
  }

  add(delta: ChatDelta): void {
    const s = this.#state;
    if (delta.text) s.content += delta.text;
    if (delta.refusal) s.content += delta.refusal;
    if (delta.citations) s.citations = [...(s.citations ?? []), ...delta.citations];
    if (delta.policy) s.policy = delta.policy;
    if (delta.model) s.model = delta.model;
    if (delta.finish) s.finish = delta.finish;
    if (delta.usage) s.usage = delta.usage;
    if (this.#pending) return;
    this.#pending = true;
    // A hidden tab gets no frames; there a timer keeps the text coming.
    if (document.hidden) setTimeout(() => this.#show(), 250);
    else requestAnimationFrame(() => this.#show());
  }

  end(last: Partial<Message>): void {
    this.#ended = true;
    updateMessage(this.conversationId, this.reply.id, { ...this.#state, ...last });
  }

  #show(): void {
    this.#pending = false;
    if (!this.#ended) updateMessage(this.conversationId, this.reply.id, { ...this.#state });
  }
}

function message(role: Message['role'], content: string, state: Message['state'] = 'done'): Message {
  return { id: newId(), role, content, state };
}

function upToLastQuestion(messages: Message[]): Message[] {
  const at = messages.findLastIndex((m) => m.role === 'user');
  return messages.slice(0, at + 1);
}
