import type { VectorStore } from '../api/types.ts';
import { countOf, nameOf } from '../state/server.ts';

/** Questions that the shipped sample documents answer; shown only while their collections are there. */
const samples: { name: RegExp; questions: string[] }[] = [
  { name: /handbook/i, questions: ['How many days of holiday do I have each year?', 'What must I do when I am ill?'] },
  { name: /documentation|docs/i, questions: ['Which command starts the server?', 'Where are my documents kept?'] },
];

export function suggestionsFor(stores: readonly VectorStore[]): string[] {
  return samples.filter((s) => stores.some((x) => countOf(x) > 0 && s.name.test(nameOf(x)))).flatMap((s) => s.questions);
}
