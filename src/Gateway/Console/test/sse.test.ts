import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEvents, SseParser, type ServerEvent } from '../src/api/sse.ts';

const parse = (...pieces: string[]): ServerEvent[] => {
  const parser = new SseParser();
  return [...pieces.flatMap((p) => parser.push(p)), ...parser.finish()];
};
const data = (...pieces: string[]): string[] => parse(...pieces).map((e) => e.data);

const stream = '\uFEFF: ping\n\nevent: note\ndata: a\ndata:  b\n\ndata:[DONE]\r\n\r\nid: 7\nretry: 5\ndata\n\n';

test('push_LinesOfAllEnds_AreOneLineEndEach', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    assert.deepEqual(data(`data: x${end}data: y${end}${end}data: z${end}${end}`), ['x\ny', 'z']);
  }
});

test('push_CommentsIdsAndRetries_GiveNoEvent', () => {
  assert.deepEqual(parse(': ping\n\nid: 1\n\nretry: 3000\n\nevent: ping\n\n'), []);
});

test('push_FieldsOfTheStandard_AreRead', () => {
  assert.deepEqual(parse(stream), [
    { event: 'note', data: 'a\n b' },
    { event: 'message', data: '[DONE]' },
    { event: 'message', data: '' },
  ]);
});

test('push_AnyCutOfTheStream_GivesTheSameEvents', () => {
  const whole = parse(stream);
  for (let i = 0; i <= stream.length; i++) {
    for (let j = i; j <= stream.length; j++) {
      assert.deepEqual(parse(stream.slice(0, i), stream.slice(i, j), stream.slice(j)), whole, `cut at ${i}, ${j}`);
    }
  }
});

test('finish_WithoutClosingBlankLine_StillYieldsTheLastEvent', () => {
  assert.deepEqual(data('data: a\n\ndata: [DONE]'), ['a', '[DONE]']);
});

test('readEvents_Utf8CutInTheMiddle_StaysWhole', async () => {
  const bytes = new TextEncoder().encode('data: Grüße 🦉 漢字\n\n');
  for (let cut = 0; cut <= bytes.length; cut++) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, cut));
        controller.enqueue(bytes.slice(cut));
        controller.close();
      },
    });
    const seen: string[] = [];
    for await (const e of readEvents(body)) seen.push(e.data);
    assert.deepEqual(seen, ['Grüße 🦉 漢字']);
  }
});

test('readEvents_LeftEarly_CancelsTheBody', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('data: x\n\n')),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const e of readEvents(body)) {
    assert.equal(e.data, 'x');
    break;
  }
  assert.equal(cancelled, true);
});
