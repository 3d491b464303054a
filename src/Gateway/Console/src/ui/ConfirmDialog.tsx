import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  title: string;
  text: string;
  action: string;
  onDone: (confirmed: boolean) => void;
}

/** Asks before something is lost. */
export function ConfirmDialog({ title, text, action, onDone }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-label={title}
      onCancel={(e) => {
        e.preventDefault();
        onDone(false);
      }}
    >
      <h2>{title}</h2>
      <p>{text}</p>
      <div class="dialog-actions">
        <button type="button" class="quiet" onClick={() => onDone(false)}>
          Keep
        </button>
        <button type="button" class="danger" onClick={() => onDone(true)}>
          {action}
        </button>
      </div>
    </dialog>
  );
}
