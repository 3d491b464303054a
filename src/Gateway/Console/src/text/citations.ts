import type { Citation } from '../api/types.ts';

/** A source with the number its chips carry: the same quote of the same file is the same source. */
export interface Source {
  number: number;
  citation: Citation;
}

/** A chip's place: after `end` of the answer's text, for the span from `start`. */
export interface Mark {
  number: number;
  start: number;
  end: number;
}

export interface NumberedCitations {
  sources: Source[];
  marks: Mark[];
}

/** Numbers citations in the order in which their spans end in the text. Spans outside the text are brought back to it. */
export function numberCitations(citations: readonly Citation[], textLength: number): NumberedCitations {
  const clamp = (n: number): number => Math.min(Math.max(Number.isFinite(n) ? Math.trunc(n) : 0, 0), textLength);
  const ordered = citations
    .map((citation) => ({ citation, start: clamp(citation.start_index), end: clamp(citation.end_index) }))
    .sort((a, b) => a.end - b.end || a.start - b.start);
  const sources: Source[] = [];
  const numbers = new Map<string, number>();
  const marks: Mark[] = [];
  for (const { citation, start, end } of ordered) {
    const key = JSON.stringify([citation.file_id, citation.quote, citation.page ?? null]);
    let number = numbers.get(key);
    if (number === undefined) {
      number = sources.length + 1;
      numbers.set(key, number);
      sources.push({ number, citation });
    }
    if (!marks.some((m) => m.end === end && m.number === number)) {
      marks.push({ number, start: Math.min(start, end), end });
    }
  }
  return { sources, marks };
}

// A chip travels through the markdown renderer as a number in rare brackets. They must be punctuation to Unicode, or
// emphasis next to them would no longer close. An answer that holds them already has them replaced one for one, so that
// no index moves and no answer can forge a chip.
const open = '\u2E28';
const close = '\u2E29';

export const markPatternAll = /\u2E28(\d+)\u2E29/g;

const unforged = (text: string): string => text.replaceAll(open, '(').replaceAll(close, ')');

/** The answer's markdown with a placeholder at each cited span's end. */
export function withMarks(text: string, marks: readonly Mark[]): string {
  const safe = unforged(text);
  let result = '';
  let from = 0;
  for (const mark of [...marks].sort((a, b) => a.end - b.end || a.number - b.number)) {
    const at = placeFor(safe, mark.end);
    if (at > from) {
      result += safe.slice(from, at);
      from = at;
    }
    result += (endsMarkup(result) ? '\n\n' : '') + open + mark.number + close;
  }
  return result + safe.slice(from);
}

/** A chip never splits a surrogate pair, never starts a line of its own, and stays inside the last cell of a table's row. */
function placeFor(text: string, end: number): number {
  let at = end;
  const code = text.charCodeAt(at);
  if (at > 0 && at < text.length && code >= 0xdc00 && code <= 0xdfff) at++;
  const back = (): void => {
    while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
  };
  back();
  if (/(^|\n) {0,3}\|[^\n]*\|$/.test(text.slice(0, at)) && /^\s*(\n|$)/.test(text.slice(at))) {
    at--;
    back();
  }
  return at;
}

/** On the closing line of a fence, under a heading or on a rule a placeholder would undo the construct. */
function endsMarkup(text: string): boolean {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  return /^ {0,3}([`~]{3,}|[-=*_ ]{3,})$/.test(line);
}

/** Text without placeholders, and the numbers that stood in it. */
export function takeMarks(text: string): { text: string; numbers: number[] } {
  const numbers: number[] = [];
  const plain = text.replace(markPatternAll, (_, number: string) => {
    numbers.push(Number(number));
    return '';
  });
  return { text: plain, numbers };
}
