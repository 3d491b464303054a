using GenAI.Gateway.Errors;
using GenAI.Gateway.Files;
using GenAI.Pipelines.VectorStores;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GenAI.Gateway.VectorStores;

/// <summary><c>/v1/vector_stores/{storeId}/file_batches</c>.</summary>
internal static class FileBatchEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("", CreateAsync);
        group.MapGet("{batchId}", Get);
        group.MapPost("{batchId}/cancel", CancelAsync);
        group.MapGet("{batchId}/files", ListFiles);
    }

    private static async Task<IResult> CreateAsync(string storeId, HttpRequest request, DocumentLibrary library, CancellationToken cancellationToken)
    {
        library.Stores.Find(storeId);
        var files = await VectorStoreRequests.ReadAsync(request, VectorStoreRequests.Files, cancellationToken);
        if (files.Count == 0)
        {
            throw new ApiException(ApiErrors.Missing("file_ids"));
        }

        return Json(await library.Batches.CreateAsync(storeId, files, cancellationToken));
    }

    private static JsonHttpResult<FileBatchObject> Get(string storeId, string batchId, HttpResponse response, DocumentLibrary library)
    {
        var batch = library.Batches.Find(storeId, batchId);
        Polling.Suggest(response, batch.FileCounts.InProgress);
        return Json(batch);
    }

    private static async Task<IResult> CancelAsync(string storeId, string batchId, DocumentLibrary library, CancellationToken cancellationToken) =>
        Json(await library.Batches.CancelAsync(storeId, batchId, cancellationToken));

    private static JsonHttpResult<ListObject<VectorStoreFileObject>> ListFiles(string storeId, string batchId, HttpRequest request, DocumentLibrary library, TimeProvider time)
    {
        var page = PageQuery.Read(request, VectorStoreEndpoints.DefaultLimit, VectorStoreEndpoints.MaxLimit);
        var states = FileStatus.States(PageQuery.Text(request, "filter"));
        return VectorStoreFileEndpoints.Json(library.Batches.ListFiles(storeId, batchId, states, page), time.GetUtcNow());
    }

    private static JsonHttpResult<FileBatchObject> Json(FileBatch batch) => TypedResults.Json(FileBatchObject.Of(batch), VectorStoresJson.Default.FileBatchObject);
}
