import { ApiError, fromBody, offline, retryAfterOf } from './errors.ts';

const keyName = 'genai.api-key';
let onUnauthorized: () => void = () => undefined;

/** Called whenever the server asks for a key; the page then shows its prompt. */
export function whenUnauthorized(callback: () => void): void {
  onUnauthorized = callback;
}

export function apiKey(): string | null {
  try {
    return sessionStorage.getItem(keyName);
  } catch {
    return null;
  }
}

/** Kept for this tab only: a key in localStorage would outlive the reader's intention. */
export function setApiKey(key: string | null): void {
  if (key === null) sessionStorage.removeItem(keyName);
  else sessionStorage.setItem(keyName, key);
}

export function authHeaders(): Record<string, string> {
  const key = apiKey();
  return key === null ? {} : { authorization: `Bearer ${key}` };
}

/** A response with a 2xx status; everything else throws an ApiError, an abort stays an AbortError. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { ...authHeaders(), ...(init.headers as Record<string, string>) } });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw offline();
  }
  if (response.ok) return response;
  const failure = fromBody(response.status, await response.text().catch(() => ''), retryAfterOf(response.headers));
  if (failure.kind === 'auth') onUnauthorized();
  throw failure;
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await request(path, { signal: signal ?? null });
  return (await response.json()) as T;
}

export async function sendJson<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await request(path, {
    method,
    signal: signal ?? null,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return (text === '' ? {} : JSON.parse(text)) as T;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError('server', error instanceof Error ? error.message : String(error));
}
