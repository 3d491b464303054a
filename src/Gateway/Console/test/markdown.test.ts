import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderBlocks } from '../src/text/markdown.ts';
import { settle } from '../src/text/settle.ts';

const html = (text: string): string => renderBlocks(text, false, new Map()).map((b) => b.html).join('');

test('render_HtmlInTheAnswer_IsText', () => {
  for (const evil of ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', 'a <b onclick="x()">b</b>', '<svg/onload=alert(1)>']) {
    const rendered = html(evil);
    assert.ok(!/<(script|img|b|svg)/i.test(rendered), rendered);
    assert.ok(rendered.includes('&lt;'), rendered);
  }
});

test('render_DangerousLinks_AreNoLinks', () => {
  for (const url of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'vbscript:x', 'data:text/html,<script>1</script>', 'file:///etc/passwd']) {
    assert.ok(!/<a /.test(html(`[go](${url})`)), url);
    assert.ok(!/<a /.test(html(`[go](<${url}>)`)), url);
  }
});

test('render_Links_OpenApartAndTellNothing', () => {
  assert.match(html('[go](https://example.org)'), /<a href="https:\/\/example\.org" target="_blank" rel="noopener noreferrer nofollow">go<\/a>/);
});

test('render_Picture_IsALinkThatFetchesNothing', () => {
  const rendered = html('![a"><script>](https://evil.example/?q=secret)');
  assert.ok(!/<img|<script/.test(rendered), rendered);
  assert.match(rendered, /<a href="https:\/\/evil\.example[^>]* rel="noopener noreferrer nofollow"/);
});

test('render_FenceLanguage_CannotBreakOut', () => {
  const rendered = html('```"><img/src=x/onerror=1>\ncode\n```');
  assert.ok(!/<img/.test(rendered), rendered);
});

test('render_KnownLanguage_IsColoured', () => {
  assert.match(html('```csharp\nvar a = "<b>";\n```'), /hljs-keyword.*hljs-string.*&lt;b&gt;/s);
});

test('renderBlocks_GrowingText_KeepsFinishedBlocks', () => {
  const text = '# One\n\nSome *words* here.\n\n- a\n- b\n\n```js\nlet a = 1;\n```\n\nlast words';
  const cache = new Map<string, string>();
  let before = renderBlocks('', true, cache);
  for (let i = 1; i <= text.length; i++) {
    const now = renderBlocks(text.slice(0, i), true, cache);
    // Two blocks at most are in motion: the last, and the one before it that a lazy line may still join.
    for (let b = 0; b < before.length - 2; b++) assert.equal(now[b]?.html, before[b]?.html, `block ${b} at ${i}`);
    before = now;
  }
  assert.deepEqual(renderBlocks(text, false, new Map()).map((b) => b.html), before.map((b) => b.html));
});

test('settle_OpenMarks_AreClosed', () => {
  assert.equal(settle('a **bo'), 'a **bo**');
  assert.equal(settle('a `co'), 'a `co`');
  assert.equal(settle('a **'), 'a ');
  assert.equal(settle('see [docs](https://exa'), 'see docs');
  assert.equal(settle('```js\nlet a = `'), '```js\nlet a = `');
  assert.equal(settle('plain'), 'plain');
  assert.equal(settle('done **x**'), 'done **x**');
});
