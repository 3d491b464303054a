using System.Text.Json.Serialization;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Filters;

namespace GenAI.Gateway.VectorStores;

/// <summary>One passage found; the <c>x_</c> fields say where in the document it stands.</summary>
internal sealed record SearchResultObject(
    string FileId,
    string Filename,
    double Score,
    [property: JsonConverter(typeof(AttributesConverter))] IReadOnlyDictionary<string, AttributeValue> Attributes,
    IReadOnlyList<TextContentObject> Content,
    int? XPage,
    int XStart,
    int XEnd,
    IReadOnlyList<string> XHeadings)
{
    public static SearchResultObject Of(SearchHit hit) => new(
        hit.Document.Id,
        hit.Document.FileName,
        hit.Score,
        hit.Document.Attributes,
        [TextContentObject.Of(hit.Chunk.Text)],
        hit.Chunk.Page,
        hit.Chunk.Start,
        hit.Chunk.End,
        hit.Chunk.Headings);
}
