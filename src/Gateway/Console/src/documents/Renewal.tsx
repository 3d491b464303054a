import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { VectorStore } from '../api/types.ts';
import { nameOf, refreshStores } from '../state/server.ts';
import { timeLeft } from './progress.ts';

const pollMs = 3_000;

/** Says that a collection is found by its words while its meaning is learned for the model that is loaded, and how far that is. */
export function Renewal({ store }: { store: VectorStore }): JSX.Element | null {
  const renewal = store.x_renewal;
  const running = renewal !== null && renewal !== undefined;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void refreshStores(), pollMs);
    return () => clearInterval(timer);
  }, [running]);
  if (!running) return null;
  const percent = Math.round((renewal.progress ?? 0) * 100);
  return (
    <div class="note renewal" role="status">
      The documents can be asked by their words. Their meaning is still being learned · {percent} %
      {timeLeft(renewal.eta_seconds)}
      <progress aria-label={`Meaning of ${nameOf(store)}`} max={100} value={percent} />
    </div>
  );
}
