using GenAI.Pipelines.Jobs;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Follows a set of jobs to their end.</summary>
internal sealed class JobWatch(JobStore jobs, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Reports a few times a second until the last job has ended; returns them as they ended.</summary>
    public async Task<IReadOnlyList<Job>> FollowAsync(
        string name, IReadOnlyList<string> ids, IProgress<IngestionProgress>? progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var ended = new List<Job>();
        var open = ids.ToHashSet(StringComparer.Ordinal);
        using var timer = new PeriodicTimer(s_interval, time);
        while (true)
        {
            var found = jobs.Find(open);
            ended.AddRange(found.Values.Where(job => job.IsFinished));
            open = found.Values.Where(job => !job.IsFinished).Select(job => job.Id).ToHashSet(StringComparer.Ordinal);
            progress?.Report(Sum(name, ids.Count, ended, found, time.GetElapsedTime(started)));
            if (open.Count == 0)
            {
                return ended;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static IngestionProgress Sum(string name, int files, List<Job> ended, IReadOnlyDictionary<string, Job> found, TimeSpan elapsed)
    {
        var running = found.Values.Where(job => job.State == JobState.Running).ToList();
        var fraction = files == 0 ? 1 : (ended.Count + found.Values.Where(job => !job.IsFinished).Sum(job => job.Progress)) / files;
        var failed = ended.Count(job => job.State != JobState.Done);
        return new IngestionProgress(
            name,
            files,
            ended.Count - failed,
            ended.Count - failed + found.Values.Count(job => !job.IsFinished && job.Step >= VectorStoreIngestion.EmbeddingStep),
            failed,
            fraction,
            running.FirstOrDefault()?.Label ?? "",
            fraction is > 0.02 and < 1 ? elapsed * ((1 - fraction) / fraction) : null);
    }
}
