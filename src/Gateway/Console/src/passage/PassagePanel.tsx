import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Citation } from '../api/types.ts';
import { around, type Place } from '../text/locate.ts';
import { pieces } from '../text/tables.ts';
import { closePanel } from '../ui/panel.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Icon } from '../ui/icons.tsx';
import { Marked } from './Marked.tsx';
import { PassageTable } from './PassageTable.tsx';
import { loadPassage, type Passage } from './passage.ts';
import { openOriginal } from './original.ts';

const reach = 1_600;
const step = 6_000;

interface Props {
  citation: Citation;
  number: number;
  storeIds: string[];
}

/** A cited passage in its surroundings, beside the answer. */
export function PassagePanel({ citation, number, storeIds }: Props): JSX.Element {
  const [passage, setPassage] = useState<Passage | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [citation]);
  useEffect(() => {
    const controller = new AbortController();
    setPassage(null);
    setFailure(null);
    loadPassage(citation, storeIds, controller.signal).then(setPassage, (e: Error) => {
      if (!controller.signal.aborted) setFailure(e.message);
    });
    return () => controller.abort();
  }, [citation, attempt]);
  return (
    <aside class="panel" aria-labelledby="passage-title">
      <header class="panel-head">
        <span class="chip chip-still" aria-hidden="true">
          {number}
        </span>
        <div class="panel-title">
          <h2 id="passage-title" tabIndex={-1} ref={heading}>
            {citation.filename}
          </h2>
          {citation.page != null && <p class="faint">Page {citation.page}</p>}
        </div>
        <IconButton icon="close" label="Close the passage" onClick={closePanel} />
      </header>
      <div class="panel-body">
        {failure !== null && (
          <div class="note note-bad" role="alert">
            <p>{failure} The cited words:</p>
            <blockquote>{citation.quote}</blockquote>
            <button type="button" class="quiet" onClick={() => setAttempt(attempt + 1)}>
              Try again
            </button>
          </div>
        )}
        {failure === null && passage === null && <p class="faint">Opening the passage…</p>}
        {passage !== null && <PassageText passage={passage} quote={citation.quote} />}
      </div>
      <footer class="panel-foot">
        <OriginalLink citation={citation} />
      </footer>
    </aside>
  );
}

function PassageText({ passage, quote }: { passage: Passage; quote: string }): JSX.Element {
  const { text, place } = passage;
  const [shown, setShown] = useState<Place>(() => around(text, place, reach));
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Not scrollIntoView: it would also scroll the page around the panel.
    const mark = root.current?.querySelector('mark');
    const box = root.current?.closest('.panel-body');
    if (!box || !mark) return;
    const offset = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += offset - box.clientHeight / 3;
  }, [passage]);
  return (
    <>
      {place === null && (
        <div class="note" role="status">
          <p>These words were not found in the document as it is now. It may have changed since the answer:</p>
          <blockquote>{quote}</blockquote>
        </div>
      )}
      {shown.start > 0 && (
        <button type="button" class="quiet more" onClick={() => setShown({ ...shown, start: Math.max(0, shown.start - step) })}>
          Show what comes before
        </button>
      )}
      <div class="passage" tabIndex={0} role="document" aria-label="Passage" ref={root}>
        {pieces(text, shown.start, shown.end).map((piece) =>
          piece.kind === 'table' ? (
            <PassageTable key={piece.rows[0]?.cells[0]?.start} text={text} rows={piece.rows} marked={place} />
          ) : (
            <Marked key={piece.place.start} text={text} part={piece.place} marked={place} />
          ),
        )}
      </div>
      {shown.end < text.length && (
        <button type="button" class="quiet more" onClick={() => setShown({ ...shown, end: Math.min(text.length, shown.end + step) })}>
          Show what follows
        </button>
      )}
    </>
  );
}

function OriginalLink({ citation }: { citation: Citation }): JSX.Element {
  const [state, setState] = useState<string | null>(null);
  const open = async (): Promise<void> => {
    setState('Opening…');
    setState(await openOriginal(citation.file_id, citation.filename, citation.page ?? null));
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => void open()}>
        <Icon name="out" /> Open the original
      </button>
      {state !== null && <span role="status">{state}</span>}
    </>
  );
}
