namespace GenAI.Gateway.VectorStores;

/// <summary>The text that citations point into, whole.</summary>
internal sealed record FileContentPage(
    string Object, IReadOnlyList<TextContentObject> Data, bool HasMore, string? NextPage, string FileId, string Filename)
{
    public static FileContentPage Of(string fileId, string fileName, string text) => new(
        "vector_store.file_content.page", [TextContentObject.Of(text)], HasMore: false, NextPage: null, fileId, fileName);
}
