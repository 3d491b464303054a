using GenAI.Gateway.Errors;
using GenAI.Pipelines.Jobs;

namespace GenAI.Gateway.VectorStores;

/// <summary>Statuses of files as the wire names them.</summary>
internal static class FileStatus
{
    public static string Of(JobState state) => state switch
    {
        JobState.Queued or JobState.Running => "in_progress",
        JobState.Done => "completed",
        JobState.Failed => "failed",
        _ => "cancelled",
    };

    /// <summary>The states that the <c>filter</c> of a list asks for; empty for all.</summary>
    public static IReadOnlyList<JobState> States(string? filter) => filter switch
    {
        null => [],
        "in_progress" => [JobState.Queued, JobState.Running],
        "completed" => [JobState.Done],
        "failed" => [JobState.Failed],
        "cancelled" => [JobState.Cancelled],
        _ => throw new ApiException(ApiErrors.Invalid($"'filter' must be in_progress, completed, failed or cancelled, not '{filter}'.", "filter")),
    };
}
