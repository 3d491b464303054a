import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { app } from '../state/app.ts';
import { currentOf } from '../state/conversations.ts';
import { useStore } from '../state/store.ts';
import { Icon } from '../ui/icons.tsx';
import { AnswerMessage } from './AnswerMessage.tsx';
import { Composer } from './Composer.tsx';
import { QuestionMessage } from './QuestionMessage.tsx';
import { useFollow } from './useFollow.ts';
import { Welcome } from './Welcome.tsx';

export function Chat(): JSX.Element | null {
  const conversation = useStore(app, currentOf);
  const busy = useStore(app, (s) => s.streamingId !== null);
  const scroller = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const messages = conversation?.messages ?? [];
  const { onScroll, toEnd } = useFollow(scroller, messages, setAway);
  if (!conversation) return null;
  const lastQuestion = messages.findLastIndex((m) => m.role === 'user');
  return (
    <section class="chat" aria-label="Conversation">
      <div class="scroller" ref={scroller} onScroll={onScroll}>
        {messages.length === 0 ? (
          <Welcome conversation={conversation} />
        ) : (
          <div class="messages">
            {messages.map((m, i) =>
              m.role === 'user' ? (
                <QuestionMessage key={m.id} message={m} conversationId={conversation.id} editable={!busy && i === lastQuestion} />
              ) : (
                <AnswerMessage key={m.id} message={m} conversation={conversation} last={i === messages.length - 1} busy={busy} />
              ),
            )}
          </div>
        )}
      </div>
      {away && (
        <button type="button" class="to-end" onClick={toEnd}>
          <Icon name="down" /> To the end
        </button>
      )}
      <Composer conversation={conversation} />
    </section>
  );
}
