/** One event of a server-sent stream. */
export interface ServerEvent {
  event: string;
  data: string;
}

/**
 * Incremental parser of text/event-stream as the WHATWG describes it: LF, CR and CRLF ends (also when a CRLF is cut
 * between two pieces), several data lines joined by LF, comments, a leading byte order mark.
 * One deviation, on purpose: `finish` yields an event whose closing blank line never came, for a server that ends its
 * stream with a bare `data: [DONE]` has still said that it is done.
 */
export class SseParser {
  #line = '';
  #data: string[] = [];
  #event = '';
  #afterCr = false;
  #atStart = true;

  push(text: string): ServerEvent[] {
    const events: ServerEvent[] = [];
    if (this.#atStart && text.length > 0) {
      this.#atStart = false;
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    }
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const c = text[i];
      if (c !== '\n' && c !== '\r') {
        this.#afterCr = false;
        continue;
      }
      const isTailOfCrLf = c === '\n' && this.#afterCr && i === from && this.#line === '';
      if (!isTailOfCrLf) this.#endLine(this.#line + text.slice(from, i), events);
      this.#line = '';
      from = i + 1;
      this.#afterCr = c === '\r';
    }
    this.#line += text.slice(from);
    return events;
  }

  finish(): ServerEvent[] {
    const events: ServerEvent[] = [];
    if (this.#line !== '') this.#endLine(this.#line, events);
    this.#line = '';
    this.#dispatch(events);
    return events;
  }

  #endLine(line: string, events: ServerEvent[]): void {
    if (line === '') {
      this.#dispatch(events);
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? '' : line.slice(colon + 1);
    if (value.startsWith(' ')) value = value.slice(1);
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
  }

  #dispatch(events: ServerEvent[]): void {
    if (this.#data.length > 0) events.push({ event: this.#event || 'message', data: this.#data.join('\n') });
    this.#data = [];
    this.#event = '';
  }
}

/** Reads a body as server-sent events; UTF-8 sequences cut between two pieces stay whole. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parser = new SseParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
    yield* parser.push(decoder.decode());
    yield* parser.finish();
  } finally {
    // Leaving early (stop, error frame) must free the server's slot at once.
    await reader.cancel().catch(() => undefined);
  }
}
