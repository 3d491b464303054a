/** Where a quote stands in a document's text, in UTF-16 units. */
export interface Place {
  start: number;
  end: number;
}

/**
 * Finds a quote in a text: word for word first, then with runs of white space held equal (a page's line ends differ
 * from a sentence's), and nothing else: a passage that merely resembles the quote must not pass for it.
 */
export function locate(text: string, quote: string): Place | null {
  const wanted = quote.trim();
  if (wanted === '') return null;
  const exact = text.indexOf(wanted);
  if (exact >= 0) return { start: exact, end: exact + wanted.length };
  const folded = fold(text);
  const needle = fold(wanted).text;
  const at = folded.text.indexOf(needle);
  if (at < 0) return null;
  const start = folded.origin[at] ?? 0;
  const last = folded.origin[at + needle.length - 1] ?? start;
  return { start, end: last + 1 };
}

/** Finds the quote in the parts of a document, also across the seam of two parts. */
export function locateInParts(parts: readonly string[], quote: string): { text: string; place: Place | null } {
  for (const part of parts) {
    const place = locate(part, quote);
    if (place) return { text: parts.length === 1 ? part : parts.join('\n\n'), place: shift(parts, part, place) };
  }
  const text = parts.join('\n\n');
  return { text, place: locate(text, quote) };
}

function shift(parts: readonly string[], part: string, place: Place): Place {
  const offset = parts.slice(0, parts.indexOf(part)).reduce((sum, p) => sum + p.length + 2, 0);
  return { start: place.start + offset, end: place.end + offset };
}

function fold(text: string): { text: string; origin: number[] } {
  const kept: string[] = [];
  const origin: number[] = [];
  let space = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (/[\s\u00a0]/.test(c)) {
      space = kept.length > 0;
      continue;
    }
    if (space) {
      kept.push(' ');
      origin.push(i - 1);
      space = false;
    }
    kept.push(c);
    origin.push(i);
  }
  return { text: kept.join(''), origin };
}

/** The surroundings of a place that are shown first; cut at white space so that no word is halved. */
export function around(text: string, place: Place | null, reach: number): Place {
  const middle = place ?? { start: 0, end: 0 };
  let start = Math.max(0, middle.start - reach);
  let end = Math.min(text.length, middle.end + reach);
  while (start > 0 && start < middle.start && !/\s/.test(text[start - 1] ?? '')) start++;
  while (end < text.length && end > middle.end && !/\s/.test(text[end] ?? '')) end--;
  return { start, end };
}
