import { ApiError } from '../api/errors.ts';
import { asApiError, isAbort } from '../api/http.ts';
import { readContent } from '../api/stores.ts';
import type { Citation } from '../api/types.ts';
import { locateInParts, type Place } from '../text/locate.ts';

/** A document's text and where the quote stands in it; null when it is not there. */
export interface Passage {
  text: string;
  place: Place | null;
}

/** Reads the cited document from whichever of the asked collections holds it. */
export async function loadPassage(citation: Citation, storeIds: readonly string[], signal: AbortSignal): Promise<Passage> {
  let last: ApiError | null = null;
  for (const storeId of storeIds) {
    try {
      return locateInParts(await readContent(storeId, citation.file_id, signal), citation.quote);
    } catch (error) {
      if (isAbort(error)) throw error;
      last = asApiError(error);
      if (last.kind !== 'not_found') throw last;
    }
  }
  throw new ApiError('not_found', 'The document is no longer in these collections.', 404, last?.code ?? null);
}
