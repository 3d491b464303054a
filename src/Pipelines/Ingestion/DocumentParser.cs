using GenAI.Pipelines.Parsing;

namespace GenAI.Pipelines.Ingestion;

/// <summary>Reads the text and structure of a file.</summary>
/// <param name="path">Where the bytes lie.</param>
/// <param name="fileName">The name the user knows, whose extension says the format.</param>
public delegate Task<ParsedDocument> DocumentParser(string path, string fileName, CancellationToken cancellationToken);
