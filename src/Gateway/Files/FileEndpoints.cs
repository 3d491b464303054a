using GenAI.Gateway.Errors;
using GenAI.Gateway.VectorStores;
using GenAI.Pipelines.Files;
using GenAI.Pipelines.VectorStores;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GenAI.Gateway.Files;

/// <summary><c>/v1/files</c>.</summary>
internal static class FileEndpoints
{
    private const int DefaultLimit = 10_000;
    private const long FormOverhead = 1024 * 1024;

    public static IEndpointRouteBuilder MapFiles(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1/files").AddEndpointFilter<VectorStoreErrorFilter>();
        group.MapPost("", UploadAsync);
        group.MapGet("", List);
        group.MapGet("{id}", (string id, DocumentLibrary library) => Json(Find(library, id)));
        group.MapGet("{id}/content", Content);
        group.MapDelete("{id}", DeleteAsync);
        return endpoints;
    }

    private static async Task<IResult> UploadAsync(HttpContext context, DocumentLibrary library, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = FileStore.MaxBytes + FormOverhead;
        }

        using var reader = new UploadReader(library.Files);
        return Json(await reader.ReadAsync(context.Request, cancellationToken));
    }

    private static JsonHttpResult<ListObject<FileObject>> List(HttpRequest request, DocumentLibrary library)
    {
        var page = library.Files.List(PageQuery.Text(request, "purpose"), PageQuery.Read(request, DefaultLimit, DefaultLimit));
        return TypedResults.Json(ListObject<FileObject>.Of(page, FileObject.Of, file => file.Id), FilesJson.Default.ListObjectFileObject);
    }

    private static IResult Content(string id, HttpContext context, DocumentLibrary library)
    {
        var file = Find(library, id);
        return FileContentResult.Of(context.Response, file, library.Files.PathOf(file));
    }

    private static async Task<IResult> DeleteAsync(string id, DocumentLibrary library, CancellationToken cancellationToken) =>
        await library.StoreFiles.DeleteEverywhereAsync(id, cancellationToken)
            ? TypedResults.Json(DeletedObject.Of(id, "file"), FilesJson.Default.DeletedObject)
            : throw new ApiException(NoFile(id));

    private static StoredFile Find(DocumentLibrary library, string id) =>
        library.Files.Find(id) ?? throw new ApiException(NoFile(id));

    private static ApiError NoFile(string id) => ApiErrors.NotFound($"No such file object: '{id}'. List them with GET /v1/files.", "id");

    private static JsonHttpResult<FileObject> Json(StoredFile file) => TypedResults.Json(FileObject.Of(file), FilesJson.Default.FileObject);
}
