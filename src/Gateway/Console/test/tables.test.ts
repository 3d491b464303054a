import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pieces, type Piece } from '../src/text/tables.ts';

const shown = (text: string, found: Piece[]): unknown[] =>
  found.map((p) => (p.kind === 'words' ? text.slice(p.place.start, p.place.end) : p.rows.map((r) => r.cells.map((c) => text.slice(c.start, c.end)))));
const read = (text: string): unknown[] => shown(text, pieces(text, 0, text.length));

test('pieces_RowsApartBySpaces_AreATableBetweenTheWords', () => {
  const text = 'Statements of income\n2022  2023\nNet sales  3,909  $ 3,673\nOther:\nCost of sales  (3,115)  (2,951)\n\nThe words go on.';
  assert.deepEqual(read(text), [
    'Statements of income\n',
    [['2022', '2023'], ['Net sales', '3,909', '$ 3,673'], ['Other:'], ['Cost of sales', '(3,115)', '(2,951)']],
    '\nThe words go on.',
  ]);
  const table = pieces(text, 0, text.length)[1];
  assert.deepEqual(table?.kind === 'table' && table.rows.map((r) => r.overFigures), [true, false, false, false]);
});

test('pieces_MarkdownTable_HasNoRuleAndNoBars', () => {
  assert.deepEqual(read('| Town | Fee |\n|:---|---:|\n| Oslo | 12 |'), [[['Town', 'Fee'], ['Oslo', '12']]]);
});

test('pieces_SentencesApartByTwoSpaces_StayWords', () => {
  const text = 'It rains.  It pours.\nIt stops.  It dries.\n';
  assert.deepEqual(read(text), [text]);
});

test('pieces_SingleRowAndLists_StayWords', () => {
  const text = 'Total  12\n\n-  one thing\n-  another thing\n';
  assert.deepEqual(read(text), [text]);
});

test('pieces_PartOfAText_CountsFromTheWhole', () => {
  const text = 'before\na  1\nb  2\nafter';
  assert.deepEqual(shown(text, pieces(text, 7, text.length)), [[['a', '1'], ['b', '2']], 'after']);
});
