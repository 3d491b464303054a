using GenAI.Gateway.Errors;
using GenAI.Gateway.Files;
using GenAI.Pipelines.VectorStores;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GenAI.Gateway.VectorStores;

/// <summary><c>/v1/vector_stores</c>.</summary>
internal static class VectorStoreEndpoints
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    public static IEndpointRouteBuilder MapVectorStores(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1/vector_stores").AddEndpointFilter<VectorStoreErrorFilter>();
        group.MapPost("", CreateAsync);
        group.MapGet("", List);
        group.MapGet("{storeId}", Get);
        group.MapPost("{storeId}", ModifyAsync);
        group.MapDelete("{storeId}", DeleteAsync);
        group.MapPost("{storeId}/search", SearchAsync);
        VectorStoreFileEndpoints.Map(group.MapGroup("{storeId}/files"));
        FileBatchEndpoints.Map(group.MapGroup("{storeId}/file_batches"));
        return endpoints;
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, DocumentLibrary library, TimeProvider time, CancellationToken cancellationToken)
    {
        var (changes, files) = await VectorStoreRequests.ReadAsync(
            request, fields => (VectorStoreRequests.Changes(fields), VectorStoreRequests.Files(fields)), cancellationToken);
        if (files.FirstOrDefault(file => library.Files.Find(file.FileId) is null) is { } unknown)
        {
            throw new ApiException(ApiErrors.NotFound($"No file found with id '{unknown.FileId}'. Upload it first with POST /v1/files.", "file_ids"));
        }

        var store = await library.Stores.CreateAsync(changes, cancellationToken);
        if (files.Count > 0)
        {
            await library.Batches.CreateAsync(store.Id, files, cancellationToken);
        }

        return Json(library, library.Stores.Find(store.Id), time);
    }

    private static JsonHttpResult<ListObject<VectorStoreObject>> List(HttpRequest request, DocumentLibrary library, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var renewals = library.Stores.Renewals();
        var page = library.Stores.List(PageQuery.Read(request, DefaultLimit, MaxLimit));
        return TypedResults.Json(
            ListObject<VectorStoreObject>.Of(
                page, store => VectorStoreObject.Of(store, library.Stores.DocumentCount(store), renewals.GetValueOrDefault(store.Id), now), store => store.Id),
            VectorStoresJson.Default.ListObjectVectorStoreObject);
    }

    private static JsonHttpResult<VectorStoreObject> Get(string storeId, HttpResponse response, DocumentLibrary library, TimeProvider time)
    {
        var store = library.Stores.Find(storeId);
        Polling.Suggest(response, store.FileCounts.InProgress);
        return Json(library, store, time);
    }

    private static async Task<IResult> ModifyAsync(
        string storeId, HttpRequest request, DocumentLibrary library, TimeProvider time, CancellationToken cancellationToken)
    {
        var changes = await VectorStoreRequests.ReadAsync(request, VectorStoreRequests.Changes, cancellationToken);
        return Json(library, library.Stores.Modify(storeId, changes), time);
    }

    private static async Task<IResult> DeleteAsync(string storeId, DocumentLibrary library, CancellationToken cancellationToken)
    {
        await library.Stores.DeleteAsync(storeId, cancellationToken);
        return TypedResults.Json(DeletedObject.Of(storeId, "vector_store.deleted"), VectorStoresJson.Default.DeletedObject);
    }

    private static async Task<IResult> SearchAsync(string storeId, HttpRequest request, DocumentLibrary library, CancellationToken cancellationToken)
    {
        library.Stores.Find(storeId);
        var search = await VectorStoreRequests.ReadAsync(request, fields => SearchRequestReader.Read(fields, storeId), cancellationToken);
        var hits = await library.Stores.SearchAsync(search.Query, cancellationToken);
        var page = SearchResultsPage.Of(search.Query.Texts, [.. hits.Where(hit => hit.Score >= search.MinScore).Select(SearchResultObject.Of)]);
        return TypedResults.Json(page, VectorStoresJson.Default.SearchResultsPage);
    }

    private static JsonHttpResult<VectorStoreObject> Json(DocumentLibrary library, VectorStore store, TimeProvider time) => TypedResults.Json(
        VectorStoreObject.Of(store, library.Stores.DocumentCount(store), library.Stores.Renewals().GetValueOrDefault(store.Id), time.GetUtcNow()),
        VectorStoresJson.Default.VectorStoreObject);
}
