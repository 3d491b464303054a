import MarkdownIt from 'markdown-it';
import { markPatternAll, takeMarks } from './citations.ts';
import { highlight } from './highlight.ts';
import { settle } from './settle.ts';

/** A top-level piece of a rendered answer; `key` is equal exactly when the HTML is. */
export interface Block {
  key: string;
  html: string;
}

const md = new MarkdownIt({ html: false, linkify: true, breaks: false, typographer: false });
md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

const apart = 'noopener noreferrer nofollow';

const chip = (number: number | string): string =>
  `<button type="button" class="chip" data-source="${number}" aria-label="Source ${number}: open the passage">${number}</button>`;

// A placeholder inside running text becomes a chip.
const textRule = md.renderer.rules.text;
md.renderer.rules.text = (tokens, index, options, env, self) => {
  const html = textRule ? textRule(tokens, index, options, env, self) : md.utils.escapeHtml(tokens[index]?.content ?? '');
  return html.replace(/(\S) {2,}(?=\S)/g, '$1\u2003').replace(markPatternAll, (_, number: string) => chip(number));
};

// Words set apart by several spaces are cells of a row, as an extract of a PDF's table has them: such rows stay lines.
const isTableRow = (text: string | undefined): boolean => /[^\s.!?] {2,}\S/.test(text ?? '');
md.renderer.rules.softbreak = (tokens, index) =>
  isTableRow(tokens[index - 1]?.content) || isTableRow(tokens[index + 1]?.content) ? '<br>' : '\n';

// Inside code it must not stand: the chips follow the code.
md.renderer.rules.code_inline = (tokens, index) => {
  const { text, numbers } = takeMarks(tokens[index]?.content ?? '');
  return `<code>${md.utils.escapeHtml(text)}</code>${numbers.map(chip).join('')}`;
};

md.renderer.rules.fence = (tokens, index) => {
  const token = tokens[index];
  const info = takeMarks((token?.info ?? '').trim().split(/\s+/)[0] ?? '');
  return codeBlock(token?.content ?? '', info.text) + chipsAfter(info.numbers);
};
md.renderer.rules.code_block = (tokens, index) => codeBlock(tokens[index]?.content ?? '', '');

function codeBlock(content: string, language: string): string {
  const { text, numbers } = takeMarks(content);
  const body = highlight(text, language) ?? md.utils.escapeHtml(text);
  const name = md.utils.escapeHtml(language === '' ? 'text' : language);
  return (
    `<figure class="code"><figcaption><span>${name}</span>` +
    `<button type="button" class="copy-code" aria-label="Copy code">Copy</button></figcaption>` +
    `<pre tabindex="0"><code>${body}</code></pre></figure>${chipsAfter(numbers)}`
  );
}

function chipsAfter(numbers: number[]): string {
  return numbers.length === 0 ? '' : `<p>${numbers.map(chip).join('')}</p>`;
}

// Pictures would call out to whoever the model or a document names: show them as what they are, a link.
md.renderer.rules.image = (tokens, index) => {
  const token = tokens[index];
  const source = String(token?.attrGet('src') ?? '');
  const label = takeMarks(token?.content ?? '').text || 'picture';
  return `<a href="${md.utils.escapeHtml(source)}" target="_blank" rel="${apart}">${md.utils.escapeHtml(label)}</a>`;
};

md.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  const token = tokens[index];
  token?.attrSet('href', String(token.attrGet('href') ?? '').replace(/%E2%B8%A8\d+%E2%B8%A9/gi, ''));
  token?.attrSet('target', '_blank');
  token?.attrSet('rel', apart);
  return self.renderToken(tokens, index, options);
};

const tableOpen = md.renderer.rules.table_open;
md.renderer.rules.table_open = (t, i, o, e, s) =>
  `<div class="table" tabindex="0" role="group" aria-label="Table">${tableOpen ? tableOpen(t, i, o, e, s) : s.renderToken(t, i, o)}`;
md.renderer.rules.table_close = (t, i, o, _e, s) => `${s.renderToken(t, i, o)}</div>`;

/**
 * Renders markdown as top-level blocks, so that a growing answer changes only its last block on the page: what stands
 * keeps its selection and does not flicker. `cache` carries finished blocks from one call to the next.
 */
export function renderBlocks(source: string, streaming: boolean, cache: Map<string, string>): Block[] {
  const text = streaming ? settle(source) : source;
  const env = {};
  const tokens = md.parse(text, env);
  const lines = text.split('\n');
  const references = JSON.stringify(env);
  const blocks: Block[] = [];
  for (let start = 0; start < tokens.length; ) {
    let end = start;
    let depth = 0;
    do {
      depth += tokens[end]?.nesting ?? 0;
      end++;
    } while (depth > 0 && end < tokens.length);
    const map = tokens[start]?.map;
    const key = `${map ? lines.slice(map[0], map[1]).join('\n') : start}\u0000${references}`;
    let html = cache.get(key);
    if (html === undefined) {
      html = md.renderer.render(tokens.slice(start, end), md.options, env);
      cache.set(key, html);
    }
    blocks.push({ key, html });
    start = end;
  }
  if (cache.size > 400) cache.clear();
  return blocks;
}
