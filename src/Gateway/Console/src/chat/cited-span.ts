const name = 'cited';

/**
 * Shows which words a chip stands for. The span is known in the answer's markdown, the page holds its rendering: so the
 * letters and digits of the span are counted, and as many are taken back from the chip; marks and spaces do not count.
 */
export function showCitedSpan(chip: Element, span: string): void {
  if (!('highlights' in CSS)) return;
  const root = chip.closest('.prose');
  const range = root ? rangeBefore(root, chip, lettersIn(span)) : null;
  if (range) CSS.highlights.set(name, new Highlight(range));
}

export function hideCitedSpan(): void {
  if ('highlights' in CSS) CSS.highlights.delete(name);
}

function rangeBefore(root: Element, chip: Element, letters: number): Range | null {
  if (letters === 0) return null;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  walker.currentNode = chip;
  const range = document.createRange();
  range.setEndBefore(chip);
  let left = letters;
  for (let node = walker.previousNode(); node !== null; node = walker.previousNode()) {
    // Other chips, and the captions of code, are the page's words and not the answer's.
    if (node.parentElement?.closest('.chip, figcaption')) continue;
    const text = node.nodeValue ?? '';
    for (let i = text.length - 1; i >= 0; i--) {
      if (isLetter(text[i] ?? '') && --left === 0) {
        range.setStart(node, i);
        return range;
      }
    }
    range.setStart(node, 0);
  }
  return range;
}

const isLetter = (c: string): boolean => /[\p{L}\p{N}]/u.test(c);

// By UTF-16 unit, as the walk above counts: halves of a surrogate pair are no letters on either side.
const lettersIn = (text: string): number => text.split('').filter(isLetter).length;
