import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { setApiKey } from '../api/http.ts';
import { app } from '../state/app.ts';
import { refresh } from '../state/server.ts';
import { useStore } from '../state/store.ts';

/** Asked for when the server answers 401. */
export function KeyDialog(): JSX.Element {
  const needsKey = useStore(app, (s) => s.needsKey);
  const dialog = useRef<HTMLDialogElement>(null);
  const [key, setKey] = useState('');
  const [tried, setTried] = useState(false);
  useEffect(() => {
    if (needsKey) dialog.current?.showModal();
    else dialog.current?.close();
  }, [needsKey]);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setApiKey(key.trim());
    app.set({ needsKey: false });
    setTried(true);
    await refresh();
    if (!app.get().needsKey) setKey('');
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="key-title" onCancel={(e) => e.preventDefault()}>
      <form onSubmit={(e) => void submit(e)}>
        <h2 id="key-title">This server asks for an API key</h2>
        <p>
          {tried ? 'That key was not accepted. ' : ''}Whoever runs the server sets its keys (<code>GENAI_API_KEYS</code>).
          Yours is kept in this tab only.
        </p>
        <label class="field">
          API key
          <input
            type="password"
            autocomplete="off"
            spellcheck={false}
            value={key}
            required
            onInput={(e) => setKey(e.currentTarget.value)}
          />
        </label>
        <div class="dialog-actions">
          <button type="submit" class="primary">
            Use this key
          </button>
        </div>
      </form>
    </dialog>
  );
}
