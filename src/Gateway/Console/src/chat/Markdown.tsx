import type { JSX, TargetedMouseEvent } from 'preact';
import { memo } from 'preact/compat';
import { useRef } from 'preact/hooks';
import { renderBlocks } from '../text/markdown.ts';
import { sanitize } from '../text/sanitize.ts';
import { hideCitedSpan, showCitedSpan } from './cited-span.ts';

interface Props {
  source: string;
  streaming: boolean;
  onChip: (number: number) => void;
  /** Words of the answer that a chip's number stands for, in the order of the chips. */
  spans: readonly string[];
}

/** An answer's markdown, block by block. */
export function Markdown({ source, streaming, onChip, spans }: Props): JSX.Element {
  const cache = useRef(new Map<string, string>());
  const blocks = renderBlocks(source, streaming, cache.current);
  const onClick = (event: TargetedMouseEvent<HTMLDivElement>): void => {
    if (!(event.target instanceof Element)) return;
    const chip = event.target.closest<HTMLElement>('.chip');
    if (chip) onChip(Number(chip.dataset['source']));
    const copy = event.target.closest<HTMLElement>('.copy-code');
    if (copy) void copyCode(copy);
  };
  const onEnter = (event: Event): void => {
    const chip = event.target instanceof Element ? event.target.closest('.chip') : null;
    const prose = chip?.closest('.prose');
    if (chip && prose) showCitedSpan(chip, spans[[...prose.querySelectorAll('.chip')].indexOf(chip)] ?? '');
  };
  return (
    <div
      class={`prose ${streaming ? 'is-streaming' : ''}`}
      onClick={onClick}
      onMouseOver={onEnter}
      onMouseOut={hideCitedSpan}
      onFocusIn={onEnter}
      onFocusOut={hideCitedSpan}
    >
      {blocks.map((block, i) => (
        <Block key={i} html={block.html} />
      ))}
    </div>
  );
}

// Same HTML, same element: what is finished is not touched again while the rest streams in.
const Block = memo(({ html }: { html: string }) => <div class="block" dangerouslySetInnerHTML={{ __html: sanitize(html) }} />);

async function copyCode(button: HTMLElement): Promise<void> {
  const code = button.closest('figure')?.querySelector('code')?.textContent ?? '';
  try {
    await navigator.clipboard.writeText(code);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Refused';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2_000);
}
