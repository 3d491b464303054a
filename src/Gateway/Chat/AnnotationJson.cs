using System.Text.Json;
using GenAI.Gateway.Chain;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>The <c>annotations</c> of a message. The same method serves streamed and whole answers, so they cannot differ.</summary>
internal static class AnnotationJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<CitationAnnotation> citations)
    {
        json.WriteStartArray("annotations"u8);
        foreach (var citation in citations)
        {
            foreach (var region in Regions(citation))
            {
                Write(json, citation, region);
            }
        }

        json.WriteEndArray();
    }

    private static IEnumerable<TextSpanAnnotatedRegion?> Regions(CitationAnnotation citation) =>
        citation.AnnotatedRegions?.OfType<TextSpanAnnotatedRegion>().DefaultIfEmpty() ?? [null];

    private static void Write(Utf8JsonWriter json, CitationAnnotation citation, TextSpanAnnotatedRegion? region)
    {
        var isFile = citation.FileId is not null || citation.Url is null;
        json.WriteStartObject();
        json.WriteString("type"u8, isFile ? "file_citation"u8 : "url_citation"u8);
        json.WriteStartObject(isFile ? "file_citation"u8 : "url_citation"u8);
        if (isFile)
        {
            json.WriteString("file_id"u8, citation.FileId ?? "");
            json.WriteString("filename"u8, citation.Title ?? "");
            json.WriteString("quote"u8, citation.Snippet ?? "");
        }
        else
        {
            json.WriteString("url"u8, citation.Url!.OriginalString); // no file id means that there is a URL
            json.WriteString("title"u8, citation.Title ?? "");
        }

        json.WriteNumber("start_index"u8, region?.StartIndex ?? 0);
        json.WriteNumber("end_index"u8, region?.EndIndex ?? 0);
        if (citation.AdditionalProperties?.TryGetValue(ChainPropertyNames.Page, out var page) == true && page is int number)
        {
            json.WriteNumber("page"u8, number);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
