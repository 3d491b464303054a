import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { app } from '../state/app.ts';
import type { MessageError } from '../state/conversation.ts';
import { startNew } from '../state/conversations.ts';
import { useStore } from '../state/store.ts';
import { retry } from './answer.ts';

interface Props {
  error: MessageError;
  conversationId: string;
  last: boolean;
}

const advice: Record<MessageError['kind'], { title: string; todo: string }> = {
  offline: { title: 'The server does not answer.', todo: 'Start it again or check the connection, then try again.' },
  cut: { title: 'The connection was cut.', todo: 'The answer above may be incomplete. Try again.' },
  busy: { title: 'The server is busy.', todo: 'It answers others at the moment; nothing of yours is lost.' },
  context: {
    title: 'This conversation is too long for the model.',
    todo: 'Ask the last question by itself, start a new chat, or choose a model with a larger context.',
  },
  blocked: { title: 'A safety rule of this server stopped this question.', todo: 'Edit the question and ask again.' },
  auth: { title: 'The server asks for an API key.', todo: 'Enter the key, then try again.' },
  not_found: { title: 'The server does not have what was asked for.', todo: 'Choose another model or collection above, then try again.' },
  request: { title: 'The server did not accept the question.', todo: 'Edit the question, or try again.' },
  server: { title: 'Something went wrong on the server.', todo: 'Try again. If it stays so, its log says more.' },
};

export function ErrorNote({ error, conversationId, last }: Props): JSX.Element {
  const { title, todo } = advice[error.kind];
  const busy = useStore(app, (s) => s.streamingId !== null);
  const again = (): void => retry(conversationId);
  const left = useCountdown(last ? error.retryAfter : null, again);
  return (
    <div class="note note-bad" role="alert">
      <p>
        <strong>{title}</strong> {error.message !== title && <span>{error.message} </span>}
        {todo}
      </p>
      {last && (
        <div class="note-actions">
          {error.kind === 'context' && (
            <button type="button" class="primary" disabled={busy} onClick={() => retry(conversationId, true)}>
              Ask without the earlier turns
            </button>
          )}
          {error.kind === 'context' && (
            <button type="button" class="quiet" onClick={startNew}>
              New chat
            </button>
          )}
          {error.kind === 'auth' && (
            <button type="button" class="primary" onClick={() => app.set({ needsKey: true })}>
              Enter the key
            </button>
          )}
          {error.kind !== 'context' && error.kind !== 'blocked' && (
            <button type="button" class={error.kind === 'auth' ? 'quiet' : 'primary'} disabled={busy} onClick={again}>
              Try again
            </button>
          )}
          {left !== null && <span class="faint">Trying again by itself in {left} s</span>}
        </div>
      )}
    </div>
  );
}

/** Whole seconds left, then `done` once; null when there is nothing to wait for. */
function useCountdown(seconds: number | null, done: () => void): number | null {
  const [left, setLeft] = useState(seconds === null ? null : Math.max(1, Math.ceil(seconds)));
  useEffect(() => {
    if (left === null) return;
    const timer = setTimeout(() => {
      if (left > 1) setLeft(left - 1);
      else {
        setLeft(null);
        done();
      }
    }, 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
}
