import type { Place } from './locate.ts';

/** A piece of a document's text: running words, or the rows of a table with the places of their cells. */
export type Piece = { kind: 'words'; place: Place } | { kind: 'table'; rows: Row[] };

export interface Row {
  cells: Place[];
  /** A header without a label of its own: its cells stand over the last columns. */
  overFigures: boolean;
}

const longestRow = 400;
const longestLabel = 120;

/**
 * Finds the tables in a part of a text. A row's cells stand between bars, as in Markdown, or apart by two spaces and
 * more, as the PDF reader writes them; a single row is no table, and neither are sentences set two spaces apart.
 */
export function pieces(text: string, from: number, to: number): Piece[] {
  const lines = linesOf(text, from, to);
  const found: Piece[] = [];
  let wordsFrom = from;
  for (let i = 0; i < lines.length; ) {
    const end = endOfTable(text, lines, i);
    if (end === i) {
      i++;
      continue;
    }
    const start = lines[i]?.start ?? from;
    if (start > wordsFrom) found.push({ kind: 'words', place: { start: wordsFrom, end: start } });
    const rows = lines.slice(i, end).filter((line) => !isRule(text, line));
    found.push({ kind: 'table', rows: rows.map((line) => rowOf(text, line)) });
    wordsFrom = Math.min(to, (lines[end - 1]?.end ?? to) + 1);
    i = end;
  }
  if (wordsFrom < to) found.push({ kind: 'words', place: { start: wordsFrom, end: to } });
  return found;
}

function linesOf(text: string, from: number, to: number): Place[] {
  const lines: Place[] = [];
  for (let start = from; start < to; ) {
    const at = text.indexOf('\n', start);
    const end = at < 0 || at > to ? to : at;
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

/** The line after the table that begins at `first`; `first` itself where none does. */
function endOfTable(text: string, lines: readonly Place[], first: number): number {
  let rows = 0;
  let end = first;
  for (let i = first; i < lines.length; i++) {
    const line = lines[i];
    if (line && isRow(text, line)) {
      rows++;
      end = i + 1;
      continue;
    }
    // A label such as "Current assets:" may stand alone between two rows.
    const next = lines[i + 1];
    if (rows === 0 || !line || !next || !isLabel(text, line) || !isRow(text, next)) break;
  }
  return rows < 2 ? first : end;
}

function isRow(text: string, line: Place): boolean {
  if (line.end - line.start > longestRow) return false;
  const words = text.slice(line.start, line.end);
  if (isBarred(words)) return true;
  const cells = words.trim().split(/ {2,}|\t/);
  return cells.length > 1 && !/^([-*+•]|\d+[.)])$/.test(cells[0] ?? '') && cells.slice(0, -1).every((cell) => !/[.!?]$/.test(cell));
}

function isLabel(text: string, line: Place): boolean {
  const words = text.slice(line.start, line.end).trim();
  return words !== '' && words.length <= longestLabel && !words.endsWith('.');
}

const isBarred = (words: string): boolean => /^\s*\|.*\|\s*$/.test(words);

const isRule = (text: string, line: Place): boolean => /^\s*\|[\s:|-]+\|\s*$/.test(text.slice(line.start, line.end));

function rowOf(text: string, line: Place): Row {
  const words = text.slice(line.start, line.end);
  const pattern = isBarred(words) ? /[^|]+/g : /\S+(?:[ \u00a0]\S+)*/g;
  const cells = [...words.matchAll(pattern)].flatMap((match) => {
    const inner = match[0].trim();
    const start = line.start + match.index + match[0].indexOf(inner);
    return inner === '' ? [] : [{ start, end: start + inner.length }];
  });
  const first = cells[0];
  return { cells, overFigures: !isBarred(words) && first !== undefined && /^[$€£(]?\s?\d/.test(text.slice(first.start, first.end)) };
}
