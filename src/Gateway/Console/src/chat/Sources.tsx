import type { JSX } from 'preact';
import type { Source } from '../text/citations.ts';

/** The sources of an answer, in the order of their numbers. */
export function Sources({ sources, onOpen }: { sources: Source[]; onOpen: (number: number) => void }): JSX.Element {
  return (
    <ol class="sources" aria-label="Sources">
      {sources.map(({ number, citation }) => (
        <li key={number}>
          <button type="button" class="source" onClick={() => onOpen(number)}>
            <span class="chip chip-still" aria-hidden="true">
              {number}
            </span>
            <span class="source-text">
              <span class="source-name">
                {citation.filename}
                {citation.page != null && <span class="faint"> · page {citation.page}</span>}
              </span>
              <span class="source-quote">{citation.quote}</span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
