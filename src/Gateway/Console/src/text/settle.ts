/**
 * The text of an unfinished answer with its open ends tidied, so that half a construct does not flash by as raw marks:
 * an opened `**` or backtick in the last paragraph is closed, a half-written link is held back until it is whole.
 * Fences need nothing: an unclosed one runs to the end by itself.
 */
export function settle(text: string): string {
  if (insideFence(text)) return text;
  const from = text.lastIndexOf('\n\n') + 1;
  let tail = text.slice(from);
  tail = tail.replace(/!?\[[^\]\n]*(\]\([^)\n]*)?$/, (open) => (open.includes('](') ? (/\[([^\]]*)\]/.exec(open)?.[1] ?? '') : open));
  tail = tail.replace(/(^|[^*])\*{1,2}$/, '$1');
  const ticks = (tail.match(/`/g) ?? []).length;
  if (ticks % 2 === 1) return `${text.slice(0, from)}${tail.endsWith('`') ? tail.slice(0, -1) : `${tail}\``}`;
  const strong = (tail.replace(/`[^`]*`/g, '').match(/\*\*/g) ?? []).length;
  return `${text.slice(0, from)}${tail}${strong % 2 === 1 && !/\s$/.test(tail) ? '**' : ''}`;
}

function insideFence(text: string): boolean {
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark === undefined) continue;
    if (fence === null) fence = mark;
    else if (mark.startsWith(fence[0] ?? '') && mark.length >= fence.length && line.trim() === mark) fence = null;
  }
  return fence !== null;
}
