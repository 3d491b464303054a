using GenAI.Gateway.Errors;
using GenAI.Gateway.Files;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.VectorStores;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GenAI.Gateway.Jobs;

/// <summary><c>/v1/jobs</c>: what the server works on, with retry and cancel.</summary>
internal static class JobEndpoints
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1/jobs");
        group.MapGet("", List);
        group.MapGet("{id}", (string id, DocumentLibrary library, TimeProvider time) => Json(Find(library, id), time));
        group.MapPost("{id}/cancel", CancelAsync);
        group.MapPost("{id}/retry", Retry);
        return endpoints;
    }

    private static JsonHttpResult<ListObject<JobObject>> List(HttpRequest request, DocumentLibrary library, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var page = library.Jobs.List(State(PageQuery.Text(request, "state")), PageQuery.Read(request, DefaultLimit, MaxLimit));
        return TypedResults.Json(ListObject<JobObject>.Of(page, job => JobObject.Of(job, now), job => job.Id), JobsJson.Default.ListObjectJobObject);
    }

    private static async Task<IResult> CancelAsync(string id, DocumentLibrary library, TimeProvider time, CancellationToken cancellationToken)
    {
        Find(library, id);
        return await library.StoreFiles.CancelAsync(id, cancellationToken)
            ? Json(Find(library, id), time)
            : throw new ApiException(ApiErrors.Conflict($"Job '{id}' has already ended as {Name(Find(library, id))}.", "id", "job_finished"));
    }

    private static JsonHttpResult<JobObject> Retry(string id, DocumentLibrary library, TimeProvider time)
    {
        Find(library, id);
        return library.Runner.Retry(id)
            ? Json(Find(library, id), time)
            : throw new ApiException(ApiErrors.Conflict($"Job '{id}' is {Name(Find(library, id))}; only a failed or cancelled job can be retried.", "id", "job_not_retryable"));
    }

    private static string Name(Job job) => job.State.ToString().ToLowerInvariant();

    private static JobState? State(string? state) => state switch
    {
        null => null,
        _ when !int.TryParse(state, out _) && Enum.TryParse<JobState>(state, ignoreCase: true, out var parsed) => parsed,
        _ => throw new ApiException(ApiErrors.Invalid($"'state' must be queued, running, done, failed or cancelled, not '{state}'.", "state")),
    };

    private static Job Find(DocumentLibrary library, string id) =>
        library.Jobs.Find(id) ?? throw new ApiException(ApiErrors.NotFound($"No job found with id '{id}'. List them with GET /v1/jobs.", "id"));

    private static JsonHttpResult<JobObject> Json(Job job, TimeProvider time) => TypedResults.Json(JobObject.Of(job, time.GetUtcNow()), JobsJson.Default.JobObject);
}
