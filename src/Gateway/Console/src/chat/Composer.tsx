import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { app } from '../state/app.ts';
import type { Conversation } from '../state/conversation.ts';
import { useStore } from '../state/store.ts';
import { Icon } from '../ui/icons.tsx';
import { ask, stop } from './answer.ts';

const drafts = new Map<string, string>();

export function Composer({ conversation }: { conversation: Conversation }): JSX.Element {
  const [text, setText] = useState('');
  const streaming = useStore(app, (s) => s.streamingId !== null);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    setText(drafts.get(conversation.id) ?? '');
    if (matchMedia('(pointer: fine)').matches) box.current?.focus();
  }, [conversation.id]);
  useEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    // The box is sized with its border, which the scroll height leaves out: without it a bar shows in an empty field.
    const border = area.offsetHeight - area.clientHeight;
    area.style.height = `${Math.min(area.scrollHeight + border, 220)}px`;
  }, [text]);
  const change = (value: string): void => {
    drafts.set(conversation.id, value);
    setText(value);
  };
  const send = (): void => {
    if (text.trim() === '' || streaming) return;
    ask(conversation.id, text);
    change('');
  };
  const onKey = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'ArrowUp' && text === '') {
      const edit = [...document.querySelectorAll<HTMLButtonElement>('.edit-question')].at(-1);
      if (edit) {
        event.preventDefault();
        edit.click();
      }
      return;
    }
    // Enter that ends an input method's composition is no sending.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      class="composer"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <label class="visually-hidden" for="question">
        Your question
      </label>
      <textarea
        id="question"
        ref={box}
        rows={1}
        value={text}
        placeholder="Ask your documents"
        aria-describedby="composer-help"
        onInput={(e) => change(e.currentTarget.value)}
        onKeyDown={onKey}
      />
      {streaming ? (
        <button type="button" class="send send-stop" aria-label="Stop the answer" title="Stop (Esc)" onClick={stop}>
          <Icon name="stop" />
        </button>
      ) : (
        <button type="submit" class="send" aria-label="Send the question" title="Send (Enter)" disabled={text.trim() === ''}>
          <Icon name="send" />
        </button>
      )}
      <p id="composer-help" class="composer-help">
        <kbd>Enter</kbd> sends, <kbd>Shift</kbd>+<kbd>Enter</kbd> starts a line, <kbd>Esc</kbd> stops
      </p>
    </form>
  );
}
