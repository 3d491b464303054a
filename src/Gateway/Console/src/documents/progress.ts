/** What the server is doing with a file, in plain words. */
const stages: Record<string, string> = {
  queued: 'Waiting for its turn',
  reading: 'Reading',
  parsing: 'Reading the text',
  chunking: 'Cutting into passages',
  indexing: 'Storing the words',
  embedding: 'Can be asked by its words already · learning the meaning',
  committing: 'Storing',
};

/** The stage from which on a file is found by its words. */
export const askable = 'embedding';

export const stageText = (stage: string | null | undefined): string => (stage ? (stages[stage] ?? stage) : 'Reading');

/** Told only when it is worth waiting for. */
export function timeLeft(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || seconds < 5) return '';
  return seconds < 90 ? ` · about ${Math.round(seconds)} s left` : ` · about ${Math.round(seconds / 60)} min left`;
}
