import type { JSX } from 'preact';

const policies: Record<string, { label: string; meaning: string }> = {
  extractive: {
    label: 'Extract – word for word',
    meaning: 'Sentences taken unchanged from your documents. No model wrote any of it.',
  },
  generated: {
    label: 'Generated',
    meaning: 'Written by the model. Only sentences with a number were checked against your documents.',
  },
  constrained: {
    label: 'Model reads, sources checked',
    meaning: 'The model chose the words from your documents, and they were checked there.',
  },
};

/** How much of the answer is the model's own: never hidden. */
export function PolicyBadge({ policy, model }: { policy: string; model: string | null }): JSX.Element {
  const known = policies[policy];
  const meaning = `${known?.meaning ?? ''}${model ? ` Model: ${model}.` : ''}`;
  return (
    <span class="badge" data-policy={policy} title={meaning}>
      {known?.label ?? policy}
      <span class="visually-hidden">. {meaning}</span>
    </span>
  );
}
