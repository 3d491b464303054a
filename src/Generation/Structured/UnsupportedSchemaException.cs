namespace GenAI.Generation.Structured;

/// <summary>A JSON Schema that no grammar is made for. Its message names the keyword and the place, and may be shown to the caller.</summary>
public sealed class UnsupportedSchemaException(string keyword, string path, string reason)
    : Exception($"The schema cannot be enforced: '{keyword}' at {path} {reason}.")
{
    /// <summary>The keyword that stands in the way.</summary>
    public string Keyword { get; } = keyword;

    /// <summary>Where the keyword stands: a JSON path from the schema's root.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong with it, as the end of a sentence.</summary>
    public string Reason { get; } = reason;
}
