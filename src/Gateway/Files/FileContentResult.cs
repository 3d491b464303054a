using GenAI.Pipelines.Files;
using Microsoft.Net.Http.Headers;

namespace GenAI.Gateway.Files;

/// <summary>Sends an uploaded file so that it cannot act as a page of this server.</summary>
/// <remarks>Only PDF and plain text open in the browser; anything else, HTML above all, is a download.</remarks>
internal static class FileContentResult
{
    private static readonly Dictionary<string, string> s_shown = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf",
        [".txt"] = "text/plain; charset=utf-8",
        [".md"] = "text/plain; charset=utf-8",
        [".csv"] = "text/plain; charset=utf-8",
        [".json"] = "text/plain; charset=utf-8",
    };

    public static IResult Of(HttpResponse response, StoredFile file, string path)
    {
        var isShown = s_shown.TryGetValue(Path.GetExtension(file.FileName), out var type);
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(Path.GetFileName(file.FileName));
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.PhysicalFile(
            path,
            type ?? "application/octet-stream",
            entityTag: new EntityTagHeaderValue($"\"{file.ContentHash}\""),
            enableRangeProcessing: true);
    }
}
