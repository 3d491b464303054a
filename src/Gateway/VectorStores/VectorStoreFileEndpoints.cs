using GenAI.Gateway.Files;
using GenAI.Pipelines.Storage;
using GenAI.Pipelines.VectorStores;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GenAI.Gateway.VectorStores;

/// <summary><c>/v1/vector_stores/{storeId}/files</c>.</summary>
internal static class VectorStoreFileEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("", AddAsync);
        group.MapGet("", List);
        group.MapGet("{fileId}", Get);
        group.MapPost("{fileId}", UpdateAsync);
        group.MapDelete("{fileId}", RemoveAsync);
        group.MapGet("{fileId}/content", Content);
    }

    public static JsonHttpResult<ListObject<VectorStoreFileObject>> Json(Page<VectorStoreFile> page, DateTimeOffset now) => TypedResults.Json(
        ListObject<VectorStoreFileObject>.Of(page, file => VectorStoreFileObject.Of(file, now), file => file.Id),
        VectorStoresJson.Default.ListObjectVectorStoreFileObject);

    private static async Task<IResult> AddAsync(
        string storeId, HttpRequest request, DocumentLibrary library, TimeProvider time, CancellationToken cancellationToken)
    {
        library.Stores.Find(storeId);
        var file = await VectorStoreRequests.ReadAsync(request, VectorStoreRequests.File, cancellationToken);
        return Json(await library.StoreFiles.AddAsync(storeId, file, cancellationToken), time);
    }

    private static JsonHttpResult<ListObject<VectorStoreFileObject>> List(string storeId, HttpRequest request, DocumentLibrary library, TimeProvider time)
    {
        var page = PageQuery.Read(request, VectorStoreEndpoints.DefaultLimit, VectorStoreEndpoints.MaxLimit);
        return Json(library.StoreFiles.List(storeId, FileStatus.States(PageQuery.Text(request, "filter")), page), time.GetUtcNow());
    }

    private static JsonHttpResult<VectorStoreFileObject> Get(string storeId, string fileId, HttpResponse response, DocumentLibrary library, TimeProvider time)
    {
        var file = library.StoreFiles.Find(storeId, fileId);
        Polling.Suggest(response, file.Job.IsFinished ? 0 : 1);
        return Json(file, time);
    }

    private static async Task<IResult> UpdateAsync(
        string storeId, string fileId, HttpRequest request, DocumentLibrary library, TimeProvider time, CancellationToken cancellationToken)
    {
        var attributes = await VectorStoreRequests.ReadAsync(request, VectorStoreRequests.Attributes, cancellationToken);
        return Json(await library.StoreFiles.SetAttributesAsync(storeId, fileId, attributes, cancellationToken), time);
    }

    private static async Task<IResult> RemoveAsync(string storeId, string fileId, DocumentLibrary library, CancellationToken cancellationToken)
    {
        await library.StoreFiles.RemoveAsync(storeId, fileId, cancellationToken);
        return TypedResults.Json(DeletedObject.Of(fileId, "vector_store.file.deleted"), VectorStoresJson.Default.DeletedObject);
    }

    private static JsonHttpResult<FileContentPage> Content(string storeId, string fileId, DocumentLibrary library)
    {
        var text = library.StoreFiles.ReadText(storeId, fileId);
        var name = library.Files.Find(fileId)?.FileName ?? fileId;
        return TypedResults.Json(FileContentPage.Of(fileId, name, text), VectorStoresJson.Default.FileContentPage);
    }

    private static JsonHttpResult<VectorStoreFileObject> Json(VectorStoreFile file, TimeProvider time) =>
        TypedResults.Json(VectorStoreFileObject.Of(file, time.GetUtcNow()), VectorStoresJson.Default.VectorStoreFileObject);
}
