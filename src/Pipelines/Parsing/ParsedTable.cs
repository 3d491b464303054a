namespace GenAI.Pipelines.Parsing;

/// <summary>A table that chunking keeps whole where it can, and whose header row is repeated where it cannot.</summary>
public sealed record ParsedTable(int Start, int End, int HeaderEnd);
