import type { JSX } from 'preact';

/** The sign of the house: lines of a page, one of them marked. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark-page" width="32" height="32" rx="8" />
      <path class="mark-lines" d="M8 9h16M8 15h9" />
      <rect class="mark-pen" x="7" y="19.5" width="18" height="5" rx="2.5" />
    </svg>
  );
}
