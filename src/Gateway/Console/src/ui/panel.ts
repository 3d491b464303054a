import { app, type Panel } from '../state/app.ts';

let opener: HTMLElement | null = null;

/** Opens the panel beside the chat and remembers where the reader was. */
export function openPanel(panel: Panel): void {
  if (document.activeElement instanceof HTMLElement && !document.activeElement.closest('.panel')) {
    opener = document.activeElement;
  }
  app.set({ panel, sidebarOpen: false });
}

export function closePanel(): void {
  app.set({ panel: null });
  (opener?.isConnected ? opener : document.getElementById('question'))?.focus();
  opener = null;
}
