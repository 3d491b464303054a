import type { VectorStore } from '../api/types.ts';
import { countOf, nameOf } from '../state/server.ts';

/** Questions that the shipped sample documents answer; shown only while their collections are there. */
const samples: { name: RegExp; questions: string[] }[] = [
  { name: /handbook/i, questions: ['How many days of annual leave do I have?', 'What may a hotel cost a night?'] },
  { name: /documentation|docs/i, questions: ['Which command starts the server?', 'How is a document taken in?'] },
];

export function suggestionsFor(stores: readonly VectorStore[]): string[] {
  return samples.filter((s) => stores.some((x) => countOf(x) > 0 && s.name.test(nameOf(x)))).flatMap((s) => s.questions);
}
