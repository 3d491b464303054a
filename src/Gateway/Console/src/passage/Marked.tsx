import type { JSX } from 'preact';
import type { Place } from '../text/locate.ts';

interface Props {
  text: string;
  /** The part of the text to show. */
  part: Place;
  /** The part to mark; it may begin before the part that is shown, or end after it. */
  marked: Place | null;
}

export function Marked({ text, part, marked }: Props): JSX.Element {
  const start = Math.max(part.start, marked?.start ?? part.end);
  const end = Math.min(part.end, marked?.end ?? part.end);
  if (start >= end) return <>{text.slice(part.start, part.end)}</>;
  return (
    <>
      {text.slice(part.start, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end, part.end)}
    </>
  );
}
