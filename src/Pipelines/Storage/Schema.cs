namespace GenAI.Pipelines.Storage;

/// <summary>The steps of <c>genai.db</c>.</summary>
/// <remarks>
/// The dialect is what SQLite and PostgreSQL share: TEXT, BIGINT, DOUBLE PRECISION, primary and foreign keys,
/// ON CONFLICT, RETURNING. Times are BIGINT milliseconds since 1970 (UTC); ids sort by creation time as text.
/// </remarks>
public static class Schema
{
    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        new(1, "files, jobs and vector stores", FilesJobsAndVectorStores),
        new(2, "folders kept in step with vector stores", FolderSources),
        new(3, "batches by job", BatchesByJob),
        new(4, "jobs in steps", JobSteps),
        new(5, "what a model makes of a fixed text", ModelFingerprints),
    ];

    private const string ModelFingerprints = "ALTER TABLE vector_stores ADD COLUMN model_fingerprint TEXT NOT NULL DEFAULT '';";

    private const string JobSteps =
        """
        ALTER TABLE jobs ADD COLUMN step BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX jobs_by_step ON jobs (state, step, id);
        CREATE INDEX jobs_by_kind ON jobs (kind, id);
        """;

    /// <summary>Without it each job that is removed would be looked for in every batch.</summary>
    private const string BatchesByJob = "CREATE INDEX file_batch_files_by_job ON file_batch_files (job_id);";

    private const string FolderSources =
        """
        CREATE TABLE folder_sources (
            name TEXT PRIMARY KEY,
            store_id TEXT NOT NULL,
            created_at BIGINT NOT NULL
        );
        """;

    private const string FilesJobsAndVectorStores =
        """
        CREATE TABLE files (
            id TEXT PRIMARY KEY,
            filename TEXT NOT NULL,
            bytes BIGINT NOT NULL,
            content_hash TEXT NOT NULL,
            purpose TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            expires_at BIGINT
        );
        CREATE INDEX files_by_content ON files (content_hash);

        CREATE TABLE jobs (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            label TEXT NOT NULL,
            payload TEXT NOT NULL,
            state TEXT NOT NULL,
            stage TEXT NOT NULL,
            progress DOUBLE PRECISION NOT NULL,
            items_done BIGINT NOT NULL,
            items_total BIGINT NOT NULL,
            attempt BIGINT NOT NULL,
            error_code TEXT,
            error_message TEXT,
            created_at BIGINT NOT NULL,
            started_at BIGINT,
            finished_at BIGINT,
            updated_at BIGINT NOT NULL
        );
        CREATE INDEX jobs_by_state ON jobs (state, id);

        CREATE TABLE vector_stores (
            id TEXT PRIMARY KEY,
            collection_id TEXT NOT NULL,
            name TEXT NOT NULL,
            metadata TEXT NOT NULL,
            expires_after_days BIGINT,
            created_at BIGINT NOT NULL,
            last_active_at BIGINT NOT NULL
        );

        CREATE TABLE vector_store_files (
            store_id TEXT NOT NULL REFERENCES vector_stores (id) ON DELETE CASCADE,
            file_id TEXT NOT NULL REFERENCES files (id),
            position TEXT NOT NULL,
            job_id TEXT NOT NULL REFERENCES jobs (id),
            attributes TEXT NOT NULL,
            max_chunk_tokens BIGINT,
            overlap_tokens BIGINT,
            usage_bytes BIGINT NOT NULL,
            source TEXT,
            created_at BIGINT NOT NULL,
            PRIMARY KEY (store_id, file_id)
        );
        CREATE UNIQUE INDEX vector_store_files_by_position ON vector_store_files (store_id, position);
        CREATE INDEX vector_store_files_by_file ON vector_store_files (file_id);
        CREATE INDEX vector_store_files_by_job ON vector_store_files (job_id);

        CREATE TABLE file_batches (
            id TEXT PRIMARY KEY,
            store_id TEXT NOT NULL REFERENCES vector_stores (id) ON DELETE CASCADE,
            created_at BIGINT NOT NULL
        );

        CREATE TABLE file_batch_files (
            batch_id TEXT NOT NULL REFERENCES file_batches (id) ON DELETE CASCADE,
            file_id TEXT NOT NULL,
            job_id TEXT NOT NULL REFERENCES jobs (id),
            PRIMARY KEY (batch_id, file_id)
        );
        """;
}
