import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { stop } from '../chat/answer.ts';
import { Chat } from '../chat/Chat.tsx';
import { DocumentsPanel } from '../documents/DocumentsPanel.tsx';
import { DropZone } from '../documents/DropZone.tsx';
import { PassagePanel } from '../passage/PassagePanel.tsx';
import { app } from '../state/app.ts';
import { startNew } from '../state/conversations.ts';
import { useStore } from '../state/store.ts';
import { Banner } from './Banner.tsx';
import { Header } from './Header.tsx';
import { closePanel } from './panel.ts';
import { KeyDialog } from './KeyDialog.tsx';
import { Sidebar } from './Sidebar.tsx';

export function App(): JSX.Element {
  const panel = useStore(app, (s) => s.panel);
  const sidebarOpen = useStore(app, (s) => s.sidebarOpen);
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div class="shell" data-panel={panel?.kind ?? 'none'} data-sidebar={sidebarOpen ? 'open' : 'closed'}>
      <a class="skip" href="#question" onClick={focusComposer}>
        Skip to the question
      </a>
      <Sidebar />
      <div class="scrim" onClick={() => app.set({ sidebarOpen: false })} />
      <main class="main">
        <Header />
        <Banner />
        <Chat />
      </main>
      {panel?.kind === 'passage' && <PassagePanel key={`${panel.citation.file_id}#${panel.number}`} {...panel} />}
      {panel?.kind === 'documents' && <DocumentsPanel storeId={panel.storeId} />}
      <DropZone />
      <KeyDialog />
    </div>
  );
}

function focusComposer(event: Event): void {
  event.preventDefault();
  document.getElementById('question')?.focus();
}

/** Escape stops or closes what is nearest; "/" goes to the question; Ctrl+Shift+K starts anew. */
function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
  const state = app.get();
  const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
  if (event.key === 'Escape') {
    if (state.streamingId !== null) stop();
    else if (state.panel !== null) closePanel();
    else if (state.sidebarOpen) app.set({ sidebarOpen: false });
  } else if (event.key === '/' && !typing) {
    focusComposer(event);
  } else if (event.key.toLowerCase() === 'k' && event.shiftKey && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    startNew();
    document.getElementById('question')?.focus();
  }
}
