// Writes the words of a PDF file with their boxes, in the lines that `pdftotext -bbox` writes.
// usage: node words.mjs FILE.pdf MAX_PAGES
// Exit status: 0 done, 3 a password is needed, 4 the file is broken.
import { readFileSync, writeSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

// The server holds our standard input open: its end says that the server is gone, however it went. A thread of its own
// sees that even while a page keeps this one busy for good.
new Worker(
  `const { Socket } = require('node:net');
  const end = () => process.kill(process.pid, 'SIGKILL');
  new Socket({ fd: 0, readable: true, writable: false }).on('close', end).on('error', end).resume();`,
  { eval: true, stdin: false },
).unref();

// PDF.js reaches for these when it is loaded and needs them only to draw.
for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) {
  globalThis[name] ??= class {};
}

// Whatever the library prints must not fall between the words.
console.log = console.info = console.warn = () => {};
const library = new URL('./pdfjs/', import.meta.url);
const { getDocument, GlobalWorkerOptions } = await import(new URL('pdf.min.mjs', library).href);
GlobalWorkerOptions.workerSrc = pathToFileURL(fileURLToPath(new URL('pdf.worker.min.mjs', library))).href;

const flushAt = 1 << 16;
let pending = '';

function write(text) {
  pending += text;
  if (pending.length >= flushAt) {
    flush();
  }
}

function flush() {
  let bytes = Buffer.from(pending);
  pending = '';
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') {
        throw error;
      }
    }
  }
}

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escape = text => text.replace(/[&<>\r\n]/g, character => escapes[character] ?? ' ');

/** One run of text in one font; its words share the width by their number of characters. */
function writeRun(item, style, viewport) {
  const [a, b, c, d, e, f] = item.transform;
  const size = Math.hypot(c, d) || item.height;
  // Turned text (stamps, margins) would land between the words of the lines that it crosses.
  if (item.str.trim() === '' || size === 0 || Math.abs(b) > Math.abs(a)) {
    return;
  }
  const [x, y] = viewport.convertToViewportPoint(e, f);
  const ascent = style?.ascent > 0 ? style.ascent : 0.9;
  const descent = style?.descent < 0 ? style.descent : -0.2;
  const top = y - ascent * size;
  const bottom = y - descent * size;
  const characters = [...item.str];
  const share = item.width / weight(characters);
  let left = x;
  let word = '';
  let start = x;
  for (const character of [...characters, ' ']) {
    if (/\s/u.test(character)) {
      if (word !== '') {
        write(`<word xMin="${start.toFixed(3)}" yMin="${top.toFixed(3)}" xMax="${left.toFixed(3)}" yMax="${bottom.toFixed(3)}">${escape(word)}</word>\n`);
        word = '';
      }
      left += share * weight([character]);
      start = left;
    } else {
      word += character;
      left += share * weight([character]);
    }
  }
}

/** Rough widths: narrow letters and marks take about half of what others take. */
function weight(characters) {
  let sum = 0;
  for (const character of characters) {
    sum += /[iljtfrI.,:;'|!()\s]/u.test(character) ? 0.55 : /[A-Zmw%@—]/u.test(character) ? 1.35 : 1;
  }
  return sum;
}

try {
  const [path, maxPages] = process.argv.slice(2);
  const pdf = await getDocument({
    data: new Uint8Array(readFileSync(path)),
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    stopAtErrors: false,
    cMapUrl: fileURLToPath(new URL('cmaps/', library)),
    cMapPacked: true,
    standardFontDataUrl: fileURLToPath(new URL('standard_fonts/', library)),
  }).promise;
  for (let number = 1; number <= Math.min(pdf.numPages, Number(maxPages)); number++) {
    const page = await pdf.getPage(number);
    const viewport = page.getViewport({ scale: 1 });
    write(`<page width="${viewport.width}" height="${viewport.height}">\n`);
    const content = await page.getTextContent();
    for (const item of content.items) {
      writeRun(item, content.styles[item.fontName], viewport);
    }
    write('</page>\n');
    page.cleanup();
  }
  flush();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error?.name}: ${error?.message}\n`);
  process.exit(error?.name === 'PasswordException' ? 3 : 4);
}
