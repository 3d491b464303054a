export type ErrorKind = 'offline' | 'auth' | 'busy' | 'context' | 'blocked' | 'not_found' | 'request' | 'server' | 'cut';

/** What went wrong, in words for the reader, and what can be done about it. */
export class ApiError extends Error {
  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly status = 0,
    readonly code: string | null = null,
    /** Seconds after which the server asks to be tried again. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

interface ErrorBody {
  message?: unknown;
  code?: unknown;
  type?: unknown;
}

export function offline(): ApiError {
  return new ApiError('offline', 'The server does not answer. It may have been stopped, or the connection is gone.');
}

export function fromBody(status: number, text: string, retryAfter: number | null = null): ApiError {
  let body: ErrorBody = {};
  try {
    const parsed = JSON.parse(text) as { error?: ErrorBody | string };
    body = typeof parsed.error === 'string' ? { message: parsed.error } : (parsed.error ?? {});
  } catch {
    // A proxy's HTML page or nothing at all: the status has to speak.
  }
  const code = body.code == null ? null : String(body.code);
  const said = typeof body.message === 'string' && body.message !== '' ? body.message : `The server answered ${status}.`;
  return new ApiError(kindOf(status, code, said), said, status, code, retryAfter);
}

function kindOf(status: number, code: string | null, message: string): ErrorKind {
  if (code === 'context_length_exceeded' || message.includes('context_length_exceeded')) return 'context';
  if (code === 'content_policy_violation' || code === 'guardrail_blocked') return 'blocked';
  if (status === 401) return 'auth';
  if (status === 404) return 'not_found';
  if (status === 429) return 'busy';
  if (status === 503) return 'busy';
  return status >= 500 || status === 0 ? 'server' : 'request';
}

/** Retry-After as seconds, from `retry-after-ms` first, then seconds or a date. */
export function retryAfterOf(headers: Headers, now = Date.now()): number | null {
  const ms = Number(headers.get('retry-after-ms') ?? NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms / 1000;
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}
