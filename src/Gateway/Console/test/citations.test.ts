import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Citation } from '../src/api/types.ts';
import { numberCitations, takeMarks, withMarks } from '../src/text/citations.ts';
import { renderBlocks } from '../src/text/markdown.ts';

const cite = (start: number, end: number, quote = 'q', file = 'f'): Citation => ({
  file_id: file,
  filename: `${file}.md`,
  quote,
  start_index: start,
  end_index: end,
});

const html = (text: string, citations: Citation[]): string =>
  renderBlocks(withMarks(text, numberCitations(citations, text.length).marks), false, new Map()).map((b) => b.html).join('');

const chipsIn = (rendered: string): string[] => [...rendered.matchAll(/data-source="(\d+)"/g)].map((m) => m[1] ?? '');

test('numberCitations_SameQuoteTwice_IsOneSource', () => {
  const { sources, marks } = numberCitations([cite(5, 9, 'b'), cite(0, 4, 'a'), cite(10, 14, 'b')], 20);
  assert.deepEqual(sources.map((s) => s.citation.quote), ['a', 'b']);
  assert.deepEqual(marks.map((m) => [m.end, m.number]), [[4, 1], [9, 2], [14, 2]]);
});

test('numberCitations_IndexesOutsideTheText_AreBroughtBack', () => {
  const { marks } = numberCitations([cite(-3, 99), cite(Number.NaN, Number.NaN, 'x')], 4);
  assert.deepEqual(marks.map((m) => [m.start, m.end]), [[0, 0], [0, 4]]);
});

test('withMarks_RemovedAgain_RestoresTheText', () => {
  const text = 'Zwölf 🦉 Tage.\nUnd 漢字.';
  for (let end = 0; end <= text.length; end++) {
    const { marks } = numberCitations([cite(0, end), cite(0, text.length, 'other')], text.length);
    assert.equal(takeMarks(withMarks(text, marks)).text, text, `end ${end}`);
  }
});

test('withMarks_InsideASurrogatePair_DoesNotSplitIt', () => {
  const marked = withMarks('a🦉b', numberCitations([cite(0, 2)], 4).marks);
  assert.ok(marked.includes('🦉'));
});

test('render_ForgedPlaceholder_MakesNoChip', () => {
  assert.deepEqual(chipsIn(html('look \u2E287\u2E29 here', [])), []);
});

test('render_ChipAtTheSpan_StandsThere', () => {
  const rendered = html('First fact. Second fact.', [cite(0, 11, 'a'), cite(12, 24, 'b')]);
  assert.match(rendered, /First fact\.<button[^>]*data-source="1"[^>]*>1<\/button> Second fact\.<button[^>]*data-source="2"/);
});

test('render_BesideEmphasis_KeepsTheEmphasis', () => {
  assert.match(html('**Bold.**', [cite(0, 9)]), /<strong>Bold\.<\/strong><button/);
  assert.match(html('**Bold.** more', [cite(0, 7)]), /<strong>Bold\.<button.*<\/strong> more/);
});

test('render_InCodeFenceListAndTable_LosesNoChip', () => {
  const texts = ['`code`', '```js\nlet a = 1\n```', '- one\n- two', '| a | b |\n|---|---|\n| 1 | 2 |', '# Head', 'Head\n====', '    indented', '[a](https://b.c/d)'];
  for (const text of texts) {
    for (let end = 1; end <= text.length; end++) {
      const rendered = html(text, [cite(0, end)]);
      if (!text.startsWith('|') && !text.startsWith('[')) assert.deepEqual(chipsIn(rendered), ['1'], `${text} at ${end}: ${rendered}`);
      assert.ok(!/[\u2E28\u2E29]/.test(rendered), `placeholder left in ${text} at ${end}: ${rendered}`);
    }
    const atEnd = html(text, [cite(0, text.length)]);
    assert.deepEqual(chipsIn(atEnd), ['1'], text);
  }
  assert.match(html('```js\nlet a = 1\n```', [cite(0, 19)]), /<\/figure>\n?<p><button/);
});
