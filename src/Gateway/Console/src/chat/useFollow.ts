import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Message } from '../state/conversation.ts';

/**
 * Keeps the end of a growing conversation in view until the reader scrolls up: whoever scrolls up reads, and must not
 * be pulled down again.
 */
export function useFollow(
  scroller: RefObject<HTMLDivElement | null>,
  messages: readonly Message[],
  setAway: (away: boolean) => void,
): { onScroll: () => void; toEnd: () => void } {
  const follow = useRef(true);
  const top = useRef(0);
  const toEnd = (): void => {
    follow.current = true;
    setAway(false);
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  };
  useEffect(toEnd, [messages[0]?.id, messages.length]);
  useEffect(() => {
    if (follow.current) toEnd();
  }, [messages]);
  const onScroll = (): void => {
    const box = scroller.current;
    if (!box) return;
    const left = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (box.scrollTop < top.current - 2 && left > 48) follow.current = false;
    else if (left < 24) follow.current = true;
    top.current = box.scrollTop;
    setAway(left > 160);
  };
  return { onScroll, toEnd };
}
