export type Theme = 'system' | 'light' | 'dark';

const name = 'genai.theme';

export function theme(): Theme {
  const value = localStorage.getItem(name);
  return value === 'light' || value === 'dark' ? value : 'system';
}

export function setTheme(value: Theme): void {
  if (value === 'system') localStorage.removeItem(name);
  else localStorage.setItem(name, value);
  applyTheme();
}

export function applyTheme(): void {
  const value = theme();
  if (value === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = value;
}
