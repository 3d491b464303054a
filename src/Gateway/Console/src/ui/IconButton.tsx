import type { JSX, TargetedMouseEvent } from 'preact';
import { Icon, type IconName } from './icons.tsx';

interface Props {
  icon: IconName;
  label: string;
  onClick: (event: TargetedMouseEvent<HTMLButtonElement>) => void;
  class?: string;
  disabled?: boolean;
  expanded?: boolean;
}

/** A button that shows only a picture; its name is spoken, and shown on hover. */
export function IconButton({ icon, label, onClick, disabled, expanded, ...rest }: Props): JSX.Element {
  return (
    <button
      type="button"
      class={`icon-button ${rest.class ?? ''}`}
      aria-label={label}
      aria-expanded={expanded}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
