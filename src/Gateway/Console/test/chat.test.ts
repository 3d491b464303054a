import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDeltas, type ChatDelta } from '../src/api/chat.ts';
import { ApiError, fromBody, retryAfterOf } from '../src/api/errors.ts';

async function* events(...data: string[]): AsyncGenerator<{ event: string; data: string }> {
  for (const d of data) yield { event: 'message', data: d };
}

async function deltas(...data: string[]): Promise<ChatDelta[]> {
  const seen: ChatDelta[] = [];
  for await (const d of readDeltas(events(...data))) seen.push(d);
  return seen;
}

const chunk = (delta: object, finish: string | null = null): string =>
  JSON.stringify({ model: 'm', x_answer_policy: 'extractive', choices: [{ index: 0, delta, finish_reason: finish }] });

test('readDeltas_WholeAnswer_GivesTextCitationsPolicyAndUsage', async () => {
  const citation = { file_id: 'file-1', filename: 'a.md', quote: 'q', start_index: 0, end_index: 1 };
  const seen = await deltas(
    chunk({ role: 'assistant', content: '' }),
    chunk({ content: 'Hi' }),
    chunk({ content: '!', annotations: [{ type: 'file_citation', file_citation: citation }, { type: 'url_citation' }] }),
    chunk({}, 'stop'),
    JSON.stringify({ choices: [], usage: { total_tokens: 3 } }),
    '[DONE]',
    'never read',
  );
  assert.equal(seen.map((d) => d.text ?? '').join(''), 'Hi!');
  assert.deepEqual(seen.flatMap((d) => d.citations ?? []), [citation]);
  assert.equal(seen[1]?.policy, 'extractive');
  assert.equal(seen.at(-2)?.finish, 'stop');
  assert.deepEqual(seen.at(-1)?.usage, { total_tokens: 3 });
});

test('readDeltas_ErrorFrame_ThrowsItsMessage', async () => {
  await assert.rejects(
    deltas(chunk({ content: 'a' }), '{"error":{"message":"engine died","type":"server_error","code":"engine"}}'),
    (e: ApiError) => e.kind === 'server' || e.message === 'engine died',
  );
});

test('readDeltas_EndWithoutFinish_IsACutConnection', async () => {
  await assert.rejects(deltas(chunk({ content: 'a' })), (e: ApiError) => e.kind === 'cut');
});

test('readDeltas_EndAfterFinishWithoutDone_IsWhole', async () => {
  assert.equal((await deltas(chunk({ content: 'a' }), chunk({}, 'length'))).at(-1)?.finish, 'length');
});

test('readDeltas_NotJson_SaysSo', async () => {
  await assert.rejects(deltas('<html>'), (e: ApiError) => e.kind === 'server');
});

test('fromBody_EachStatus_HasItsKind', () => {
  const kinds = [
    [400, { code: 'context_length_exceeded', message: 'too long' }, 'context'],
    [400, { code: 'content_policy_violation', message: 'no' }, 'blocked'],
    [400, { message: 'bad' }, 'request'],
    [401, { message: 'key' }, 'auth'],
    [404, { message: 'gone' }, 'not_found'],
    [429, { message: 'full' }, 'busy'],
    [500, { message: 'bug' }, 'server'],
  ] as const;
  for (const [status, error, kind] of kinds) assert.equal(fromBody(status, JSON.stringify({ error })).kind, kind);
});

test('fromBody_HtmlOrEmpty_StillTellsTheStatus', () => {
  assert.match(fromBody(502, '<html>Bad gateway</html>').message, /502/);
  assert.match(fromBody(500, '').message, /500/);
});

test('retryAfterOf_MillisecondsSecondsAndDates_AreSeconds', () => {
  const of = (h: Record<string, string>): number | null => retryAfterOf(new Headers(h), Date.parse('2026-01-01T00:00:00Z'));
  assert.equal(of({ 'retry-after-ms': '1500', 'retry-after': '9' }), 1.5);
  assert.equal(of({ 'retry-after': '2' }), 2);
  assert.equal(of({ 'retry-after': 'Thu, 01 Jan 2026 00:00:05 GMT' }), 5);
  assert.equal(of({ 'retry-after': 'soon' }), null);
  assert.equal(of({}), null);
});
