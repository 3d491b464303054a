/** Shapes of the gateway's wire, as far as the page reads them. All but the ids may be missing. */

export interface Model {
  id: string;
  owned_by?: string;
  meta?: {
    kind?: string;
    status?: string;
    failure?: string;
    context_length?: number;
  } | null;
}

export interface FileCounts {
  total?: number;
  completed?: number;
  in_progress?: number;
  failed?: number;
}

export interface VectorStore {
  id: string;
  name?: string | null;
  status?: string;
  file_counts?: FileCounts | null;
  /** Documents that can be asked, be it by their words alone. */
  x_documents?: number | null;
  /** There while the vectors of the whole store are made for another model. */
  x_renewal?: { job_id: string; progress?: number; eta_seconds?: number | null } | null;
}

export interface FileObject {
  id: string;
  filename?: string;
  bytes?: number;
}

export interface StoreFile {
  id: string;
  status: 'in_progress' | 'completed' | 'failed' | 'cancelled' | string;
  last_error?: { code?: string; message?: string } | null;
  usage_bytes?: number;
  x_stage?: string | null;
  x_progress?: number | null;
  x_eta_seconds?: number | null;
  x_filename?: string | null;
}

export interface Citation {
  file_id: string;
  filename: string;
  quote: string;
  /** Half-open span of the answer's text in UTF-16 units. */
  start_index: number;
  end_index: number;
  page?: number | null;
}

export interface Annotation {
  type: string;
  file_citation?: Citation;
}

export interface Usage {
  prompt_tokens?: number;
  completion_tokens?: number;
  total_tokens?: number;
}

export interface ChatTurn {
  role: 'user' | 'assistant';
  content: string;
}

export interface ChatRequest {
  model: string;
  messages: ChatTurn[];
  vector_store_ids?: string[];
}

export interface ListPage<T> {
  data: T[];
  has_more?: boolean;
  last_id?: string | null;
}
