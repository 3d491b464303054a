import { ApiError, fromBody, offline } from './errors.ts';
import { authHeaders } from './http.ts';
import type { FileObject } from './types.ts';

/** Sends one file; XMLHttpRequest because fetch still tells nothing of an upload's progress. */
export function uploadFile(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<FileObject> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const form = new FormData();
    form.append('purpose', 'assistants');
    form.append('file', file, file.name);
    xhr.open('POST', 'v1/files');
    for (const [name, value] of Object.entries(authHeaders())) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (e) => {
      if (e.lengthComputable && e.total > 0) onProgress(e.loaded / e.total);
    };
    xhr.onload = () => {
      if (xhr.status < 200 || xhr.status > 299) {
        reject(fromBody(xhr.status, xhr.responseText));
        return;
      }
      try {
        resolve(JSON.parse(xhr.responseText) as FileObject);
      } catch {
        reject(new ApiError('server', 'The server took the file but answered with something unreadable.', xhr.status));
      }
    };
    xhr.onerror = () => reject(offline());
    xhr.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    if (signal.aborted) {
      reject(new DOMException('The upload was cancelled.', 'AbortError'));
      return;
    }
    signal.addEventListener('abort', () => xhr.abort(), { once: true });
    xhr.send(form);
  });
}
