import { render } from 'preact';
import { whenUnauthorized } from './api/http.ts';
import { app } from './state/app.ts';
import { start } from './state/conversations.ts';
import { refresh } from './state/server.ts';
import { applyTheme } from './state/theme.ts';
import { App } from './ui/App.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/chat.css';
import './styles/prose.css';
import './styles/panel.css';
import './styles/documents.css';

applyTheme();
whenUnauthorized(() => app.set({ needsKey: true }));
start();
void refresh();

const root = document.getElementById('app');
if (root) render(<App />, root);
