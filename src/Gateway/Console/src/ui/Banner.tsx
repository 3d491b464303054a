import type { JSX } from 'preact';
import { app } from '../state/app.ts';
import { failedModel, hasChatModel, refresh } from '../state/server.ts';
import { useStore } from '../state/store.ts';

/** One line above the chat when something about the server should be known. */
export function Banner(): JSX.Element | null {
  const server = useStore(app, (s) => s.server);
  const models = useStore(app, (s) => s.models);
  const waitingFor = useStore(app, (s) => s.waitingFor);
  const notice = useStore(app, (s) => s.notice);
  if (server === 'down') {
    return (
      <div class="banner banner-bad" role="alert">
        <p>
          <strong>The server does not answer.</strong> Start it again; this page looks for it every few seconds. Nothing
          you wrote is lost.
        </p>
        <button type="button" class="quiet" onClick={() => void refresh()}>
          Look now
        </button>
      </div>
    );
  }
  if (notice !== null) {
    return (
      <div class="banner" role="status">
        <p>{notice}</p>
        <button type="button" class="quiet" onClick={() => app.set({ notice: null })}>
          Close
        </button>
      </div>
    );
  }
  if (server === 'loading') {
    return (
      <div class="banner" role="status">
        <p>{waitingFor.join(' ')} A question asked now may have to wait, or miss what is not read yet.</p>
      </div>
    );
  }
  if (server === 'up' && !hasChatModel(models)) {
    const failed = failedModel(models);
    return (
      <div class="banner" role="status">
        <p>
          <strong>No chat model is loaded.</strong>{' '}
          {failed && `${failed.id} failed: ${failed.meta?.failure ?? 'see the server’s log'}. `}
          Answers are sentences taken word for word from your documents, found
          by keyword. To add a model, put a GGUF file into the <code>models</code> folder, or run{' '}
          <code>genai models pull</code>, and start the server again.
        </p>
      </div>
    );
  }
  return null;
}
