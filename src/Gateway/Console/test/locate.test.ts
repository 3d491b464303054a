import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, locate, locateInParts } from '../src/text/locate.ts';

test('locate_WordForWord_IsFound', () => {
  const text = 'Zwölf 🦉 Tage. Urlaub: 30 Tage.';
  const place = locate(text, 'Urlaub: 30 Tage.');
  assert.equal(text.slice(place?.start, place?.end), 'Urlaub: 30 Tage.');
});

test('locate_OtherWhiteSpace_IsFoundInPlace', () => {
  const text = 'Intro\n\n  Holidays are\n   30\u00a0days   a year. End';
  const place = locate(text, 'Holidays are 30 days a year.');
  assert.equal(text.slice(place?.start, place?.end), 'Holidays are\n   30\u00a0days   a year.');
});

test('locate_MerelyAlike_IsNotFound', () => {
  assert.equal(locate('Holidays are 31 days a year.', 'Holidays are 30 days a year.'), null);
  assert.equal(locate('anything', '  '), null);
});

test('locateInParts_SecondPart_CountsFromTheWholeText', () => {
  const { text, place } = locateInParts(['one part', 'the quote here'], 'quote');
  assert.equal(text.slice(place?.start, place?.end), 'quote');
});

test('locateInParts_AcrossTheSeam_IsFound', () => {
  const { text, place } = locateInParts(['ends with half', 'a sentence.'], 'half a sentence.');
  assert.equal(text.slice(place?.start, place?.end), 'half\n\na sentence.');
});

test('around_Reach_CutsAtWordsAndHoldsTheQuote', () => {
  const text = `${'word '.repeat(100)}QUOTE ${'word '.repeat(100)}`;
  const place = locate(text, 'QUOTE');
  const shown = around(text, place, 33);
  const cut = text.slice(shown.start, shown.end);
  assert.match(cut, /^word.*QUOTE.*word$/);
  assert.ok(cut.length <= 33 * 2 + 5);
});
