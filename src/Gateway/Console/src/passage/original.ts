import { asApiError, request } from '../api/http.ts';
import { originalPath } from '../api/stores.ts';

/**
 * Opens the original in a new tab where that is safe, else saves it; null when done, else what went wrong. It is
 * fetched, not linked: a link carries no API key. Only types that cannot run are shown: an uploaded page of HTML shown
 * from here would act as this page, so it is saved.
 */
export async function openOriginal(fileId: string, filename: string, page: number | null): Promise<string | null> {
  const shown = shownAs(filename);
  // Opened before the fetch: later it would count as a pop-up that nobody asked for.
  const tab = shown === null ? null : window.open('', '_blank');
  try {
    const bytes = await (await request(originalPath(fileId))).blob();
    const url = URL.createObjectURL(new Blob([bytes], { type: shown ?? 'application/octet-stream' }));
    if (tab !== null) tab.location.replace(page === null || !shown?.includes('pdf') ? url : `${url}#page=${page}`);
    else save(url, filename);
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    return null;
  } catch (error) {
    tab?.close();
    return asApiError(error).message;
  }
}

export function shownAs(filename: string): string | null {
  const extension = /\.([a-z0-9]+)$/i.exec(filename)?.[1]?.toLowerCase() ?? '';
  if (extension === 'pdf') return 'application/pdf';
  return ['txt', 'md', 'csv', 'json', 'log'].includes(extension) ? 'text/plain;charset=utf-8' : null;
}

function save(url: string, filename: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
}
