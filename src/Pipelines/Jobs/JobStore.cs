using System.Collections.Concurrent;
using Dapper;
using GenAI.Pipelines.Storage;
using Microsoft.Data.Sqlite;

namespace GenAI.Pipelines.Jobs;

/// <summary>The table of jobs, with the live progress of those that run in this process. Safe for concurrent use.</summary>
/// <remarks>States and steps are durable; progress within a step is kept in memory, since a killed step starts again.</remarks>
public sealed class JobStore(Database database, TimeProvider time)
{
    private readonly SortableId _ids = new(time);
    private readonly ConcurrentDictionary<string, (JobProgress Progress, JobPace Pace)> _live = new(StringComparer.Ordinal);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Job? Find(string id) => database.Read(connection =>
        connection.QuerySingleOrDefault<JobRow>("SELECT * FROM jobs WHERE id = @id", new { id })) is { } row ? WithLive(row.ToJob()) : null;

    public IReadOnlyDictionary<string, Job> Find(IReadOnlyCollection<string> ids) => database.Read(connection => ids.Chunk(500)
        .SelectMany(some => connection.Query<JobRow>("SELECT * FROM jobs WHERE id IN @some", new { some }))
        .ToDictionary(row => row.Id, row => WithLive(row.ToJob()), StringComparer.Ordinal));

    public Page<Job> List(JobState? state, PageRequest page) => page.Cut(database
        .Read(connection => connection.Query<JobRow>(
            $"SELECT * FROM jobs WHERE {(state is null ? "1 = 1" : "state = @State")}{page.Sql("id")}",
            new { State = Name(state), page.After, page.Before, page.Fetch }))
        .Select(row => WithLive(row.ToJob())));

    /// <summary>Writes a queued job within the caller's transaction; tell the runner afterwards.</summary>
    internal string Enqueue(SqliteConnection connection, SqliteTransaction transaction, string kind, string label, string payload, JobPause? from = null)
    {
        var (step, progress) = from ?? new JobPause(0, new JobProgress(JobStage.Queued, 0, 0, 0));
        var id = _ids.Next("job_");
        connection.Execute(
            """
            INSERT INTO jobs (id, kind, label, payload, state, step, stage, progress, items_done, items_total, attempt, created_at, updated_at)
            VALUES (@id, @kind, @label, @payload, 'queued', @step, @stage, @Progress, @ItemsDone, @ItemsTotal, 0, @Now, @Now)
            """,
            new { id, kind, label, payload, step, stage = Name(progress.Stage), progress.Progress, progress.ItemsDone, progress.ItemsTotal, Now },
            transaction);
        return id;
    }

    /// <summary>Jobs of a kind, oldest first.</summary>
    internal IReadOnlyList<Job> OfKind(string kind) => database.Read(connection => connection
        .Query<JobRow>("SELECT * FROM jobs WHERE kind = @kind ORDER BY id", new { kind })
        .Select(row => WithLive(row.ToJob()))
        .ToList());

    /// <summary>Whether a job waits at a step before the given one.</summary>
    internal bool HasQueuedBefore(int step) => database.Read(connection => connection.ExecuteScalar<long>(
        "SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'queued' AND step < @step)", new { step })) != 0;

    /// <summary>Takes the oldest queued job of the lowest step, up to the given one, and marks it running.</summary>
    internal Job? Claim(int lastStep) => database.Write((connection, transaction) => connection.QuerySingleOrDefault<JobRow>(
        """
        UPDATE jobs SET state = 'running', attempt = attempt + 1, started_at = COALESCE(started_at, @Now), updated_at = @Now
        WHERE id = (SELECT id FROM jobs WHERE state = 'queued' AND step <= @lastStep ORDER BY step, id LIMIT 1)
        RETURNING *
        """,
        new { Now, lastStep },
        transaction))?.ToJob();

    /// <summary>Keeps that a running job came to the end of a step, and puts it back into the queue; the attempt does not count.</summary>
    internal void Pause(string id, JobPause pause) => Keep(
        "state = 'queued', attempt = attempt - 1", id, pause);

    /// <summary>Keeps that a running job came to the end of a step, and cancels it.</summary>
    internal void PauseCancelled(string id, JobPause pause) => Keep("state = 'cancelled', finished_at = @Now", id, pause);

    /// <summary>Queues again what a killed process left running; a job that has cut the process off too often fails instead.</summary>
    internal int Resume(int maxAttempts) => database.Write((connection, transaction) =>
    {
        connection.Execute(
            """
            UPDATE jobs SET state = 'failed', error_code = 'server_error', error_message = @message, finished_at = @Now, updated_at = @Now
            WHERE state = 'running' AND attempt >= @maxAttempts
            """,
            new { Now, maxAttempts, message = $"The server stopped {maxAttempts} times while working on this, so it is left alone. Retry it to try once more." },
            transaction);
        return connection.Execute($"UPDATE jobs SET state = 'queued', stage = {StageInQueue}, updated_at = @Now WHERE state = 'running'", new { Now }, transaction);
    });

    /// <summary>Removes what ended before a time: batches whose jobs all have, and jobs that neither a file of a store nor a batch names.</summary>
    /// <returns>Number of jobs that went.</returns>
    internal int Prune(DateTimeOffset endedBefore) => database.Write((connection, transaction) =>
    {
        var limit = endedBefore.ToUnixTimeMilliseconds();
        connection.Execute(
            """
            DELETE FROM file_batches WHERE created_at < @limit AND NOT EXISTS (
                SELECT 1 FROM file_batch_files f JOIN jobs j ON j.id = f.job_id
                WHERE f.batch_id = file_batches.id AND (j.finished_at IS NULL OR j.finished_at >= @limit))
            """,
            new { limit },
            transaction);
        return connection.Execute(
            """
            DELETE FROM jobs WHERE state IN ('done', 'failed', 'cancelled') AND finished_at < @limit
                AND NOT EXISTS (SELECT 1 FROM vector_store_files WHERE job_id = jobs.id)
                AND NOT EXISTS (SELECT 1 FROM file_batch_files WHERE job_id = jobs.id)
            """,
            new { limit },
            transaction);
    });

    /// <summary>Gives a running job back to the queue, as an orderly stop does; the attempt does not count.</summary>
    internal void Return(string id) => Update(
        $"UPDATE jobs SET state = 'queued', stage = {StageInQueue}, attempt = attempt - 1, updated_at = @Now WHERE id = @id AND state = 'running'", id);

    internal void Finish(string id) => Update(
        "UPDATE jobs SET state = 'done', stage = 'done', progress = 1, items_done = items_total, error_code = NULL, error_message = NULL, finished_at = @Now, updated_at = @Now WHERE id = @id AND state = 'running'", id);

    internal void Fail(string id, JobError error)
    {
        var stage = Name(_live.TryGetValue(id, out var live) ? live.Progress.Stage : JobStage.Queued);
        database.Write((connection, transaction) => connection.Execute(
            """
            UPDATE jobs SET state = 'failed', stage = @stage, error_code = @Code, error_message = @Message, finished_at = @Now, updated_at = @Now
            WHERE id = @id AND state = 'running'
            """,
            new { id, stage, error.Code, error.Message, Now },
            transaction));
        _live.TryRemove(id, out _);
    }

    /// <summary>Marks a job cancelled unless it has finished.</summary>
    internal bool Cancel(string id) => Update(
        "UPDATE jobs SET state = 'cancelled', finished_at = @Now, updated_at = @Now WHERE id = @id AND state IN ('queued', 'running')", id);

    /// <summary>Queues a failed or cancelled job again, at the step it had come to.</summary>
    internal bool Requeue(string id) => Update(
        $"""
        UPDATE jobs SET state = 'queued', stage = {StageInQueue}, attempt = 0,
            error_code = NULL, error_message = NULL, started_at = NULL, finished_at = NULL, updated_at = @Now
        WHERE id = @id AND state IN ('failed', 'cancelled')
        """,
        id);

    /// <summary>Queues a finished job again because its result was lost.</summary>
    internal bool Redo(string id) => Update(
        "UPDATE jobs SET state = 'queued', step = 0, stage = 'queued', progress = 0, attempt = 0, finished_at = NULL, updated_at = @Now WHERE id = @id AND state = 'done'", id);

    internal void Report(string id, JobProgress progress) => _live.AddOrUpdate(
        id,
        _ => (progress, new JobPace(time.GetUtcNow(), progress.Progress)),
        (_, live) => (progress, live.Pace));

    internal static string? Name(JobState? state) => state?.ToString().ToLowerInvariant();

    /// <summary>A job that waits for a later step says so, and one that waits for its first that it waits.</summary>
    private const string StageInQueue = "CASE WHEN step = 0 THEN 'queued' ELSE stage END";

    private static string Name(JobStage stage) => stage.ToString().ToLowerInvariant();

    private void Keep(string change, string id, JobPause pause)
    {
        var progress = pause.Progress;
        database.Write((connection, transaction) => connection.Execute(
            $"""
            UPDATE jobs SET {change}, step = @Step, stage = @stage, progress = @Progress, items_done = @ItemsDone, items_total = @ItemsTotal, updated_at = @Now
            WHERE id = @id AND state = 'running'
            """,
            new { id, pause.Step, stage = Name(progress.Stage), progress.Progress, progress.ItemsDone, progress.ItemsTotal, Now },
            transaction));
        _live.TryRemove(id, out _);
    }

    private bool Update(string sql, string id)
    {
        var changed = database.Write((connection, transaction) => connection.Execute(sql, new { id, Now }, transaction));
        _live.TryRemove(id, out _);
        return changed > 0;
    }

    private Job WithLive(Job job) =>
        job.State == JobState.Running && _live.TryGetValue(job.Id, out var live)
            ? job with
            {
                Stage = live.Progress.Stage,
                Progress = live.Progress.Progress,
                ItemsDone = live.Progress.ItemsDone,
                ItemsTotal = live.Progress.ItemsTotal,
                Pace = live.Pace,
            }
            : job;
}
