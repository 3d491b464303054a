import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { setTheme, theme, type Theme } from '../state/theme.ts';
import type { IconName } from './icons.tsx';
import { IconButton } from './IconButton.tsx';

const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const icon: Record<Theme, IconName> = { system: 'screen', light: 'sun', dark: 'moon' };
const label: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' };

export function ThemeButton(): JSX.Element {
  const [current, setCurrent] = useState(theme());
  const turn = (): void => {
    setTheme(next[current]);
    setCurrent(next[current]);
  };
  return <IconButton icon={icon[current]} class="theme" label={`Colours: ${label[current]}. Change to ${label[next[current]]}`} onClick={turn} />;
}
