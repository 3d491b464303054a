import { ApiError, fromBody } from './errors.ts';
import { isAbort, request } from './http.ts';
import { readEvents, type ServerEvent } from './sse.ts';
import type { Annotation, ChatRequest, Citation, Usage } from './types.ts';

/** One piece of an answer on its way. */
export interface ChatDelta {
  text?: string;
  refusal?: string;
  citations?: Citation[];
  policy?: string;
  model?: string;
  finish?: string;
  usage?: Usage;
}

interface Chunk {
  model?: string;
  x_answer_policy?: string | null;
  usage?: Usage | null;
  error?: { message?: string; code?: unknown } | null;
  choices?: {
    index?: number;
    delta?: { content?: string | null; refusal?: string | null; annotations?: Annotation[] | null } | null;
    finish_reason?: string | null;
  }[];
}

/** Streams one answer. Ends normally only when the server said so; a cut connection throws. */
export async function* streamChat(body: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta> {
  const response = await request('v1/chat/completions', {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, stream: true, stream_options: { include_usage: true } }),
  });
  if (response.body === null) throw cut();
  const policy = response.headers.get('x-genai-answer-policy');
  if (policy) yield { policy };
  try {
    yield* readDeltas(readEvents(response.body));
  } catch (error) {
    if (error instanceof ApiError || isAbort(error)) throw error;
    throw cut();
  }
}

/** Events to deltas; exported for tests. */
export async function* readDeltas(events: AsyncIterable<ServerEvent>): AsyncGenerator<ChatDelta> {
  let finished = false;
  for await (const { data } of events) {
    if (data.trim() === '[DONE]') return;
    if (data.trim() === '') continue;
    const chunk = parseChunk(data);
    if (chunk.error) throw fromBody(200, JSON.stringify({ error: chunk.error }));
    const delta = toDelta(chunk);
    if (delta.finish) finished = true;
    yield delta;
  }
  // A clean end after a finish_reason is a complete answer even without [DONE].
  if (!finished) throw cut();
}

function parseChunk(data: string): Chunk {
  try {
    return JSON.parse(data) as Chunk;
  } catch {
    throw new ApiError('server', 'The server sent something that is not an answer. Is there another service between?');
  }
}

function toDelta(chunk: Chunk): ChatDelta {
  const delta: ChatDelta = {};
  const choice = chunk.choices?.find((c) => (c.index ?? 0) === 0);
  if (chunk.model) delta.model = chunk.model;
  if (chunk.x_answer_policy) delta.policy = chunk.x_answer_policy;
  if (chunk.usage) delta.usage = chunk.usage;
  if (choice?.delta?.content) delta.text = choice.delta.content;
  if (choice?.delta?.refusal) delta.refusal = choice.delta.refusal;
  if (choice?.finish_reason) delta.finish = choice.finish_reason;
  const citations = choice?.delta?.annotations?.flatMap((a) => (a.file_citation ? [a.file_citation] : []));
  if (citations?.length) delta.citations = citations;
  return delta;
}

function cut(): ApiError {
  return new ApiError('cut', 'The connection was cut before the answer was complete.');
}
