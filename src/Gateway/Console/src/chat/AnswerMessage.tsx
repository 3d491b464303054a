import { type JSX } from 'preact';
import { memo } from 'preact/compat';
import { useMemo, useState } from 'preact/hooks';
import type { Conversation, Message } from '../state/conversation.ts';
import { numberCitations, withMarks } from '../text/citations.ts';
import { Icon } from '../ui/icons.tsx';
import { openPanel } from '../ui/panel.ts';
import { retry, storesOf } from './answer.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { Markdown } from './Markdown.tsx';
import { PolicyBadge } from './PolicyBadge.tsx';
import { Sources } from './Sources.tsx';

interface Props {
  message: Message;
  conversation: Conversation;
  last: boolean;
  busy: boolean;
}

export const AnswerMessage = memo(Answer, (a, b) => a.message === b.message && a.last === b.last && a.busy === b.busy);

function Answer({ message, conversation, last, busy }: Props): JSX.Element {
  const { content, citations, state } = message;
  const { sources, marks } = useMemo(() => numberCitations(citations ?? [], content.length), [content, citations]);
  const marked = useMemo(() => withMarks(content, marks), [content, marks]);
  const spans = useMemo(() => marks.map((m) => content.slice(m.start, m.end)), [content, marks]);
  const open = (number: number): void => {
    const source = sources.find((s) => s.number === number);
    if (source) openPanel({ kind: 'passage', citation: source.citation, number, storeIds: storesOf(conversation) });
  };
  const streaming = state === 'streaming';
  return (
    <article class="answer" aria-label="Answer" aria-busy={streaming} aria-live="polite">
      {streaming && content === '' && (
        <p class="waiting">
          <span class="waiting-dots" aria-hidden="true" />
          {storesOf(conversation).length > 0 ? 'Reading your documents…' : 'Thinking…'}
        </p>
      )}
      {content !== '' && <Markdown source={marked} streaming={streaming} onChip={open} spans={spans} />}
      {sources.length > 0 && <Sources sources={sources} onOpen={open} />}
      {state === 'stopped' && (
        <p class="faint">{message.finish === 'reload' ? 'The page was left before the answer was complete.' : 'Stopped.'}</p>
      )}
      {message.finish === 'length' && <p class="faint">The answer reached its length limit.</p>}
      {message.finish === 'content_filter' && <p class="faint">A safety rule of this server ended the answer.</p>}
      {message.error && <ErrorNote error={message.error} conversationId={conversation.id} last={last} />}
      {!streaming && (
        <footer class="answer-foot">
          {message.policy && <PolicyBadge policy={message.policy} model={message.model ?? null} />}
          {content !== '' && <CopyButton text={content} />}
          {last && !message.error && (
            <button type="button" class="tool" disabled={busy} onClick={() => retry(conversation.id)}>
              <Icon name="retry" /> Ask again
            </button>
          )}
          {message.seconds !== undefined && <span class="figures">{figures(message)}</span>}
        </footer>
      )}
    </article>
  );
}

function figures(message: Message): string {
  const seconds = message.seconds ?? 0;
  const tokens = message.usage?.completion_tokens ?? 0;
  const time = seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
  return tokens > 0 ? `${tokens} tokens in ${time}` : time;
}

function CopyButton({ text }: { text: string }): JSX.Element {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setState('done'),
      () => setState('failed'),
    );
    setTimeout(() => setState('idle'), 2_000);
  };
  return (
    <button type="button" class="tool" onClick={copy}>
      <Icon name={state === 'done' ? 'check' : 'copy'} />
      <span aria-live="polite">{state === 'done' ? 'Copied' : state === 'failed' ? 'Copying was refused' : 'Copy'}</span>
    </button>
  );
}
