namespace GenAI.Pipelines.Parsing.Worker;

/// <summary>One file for a parser process.</summary>
internal sealed record ParserRequest(string Path, FileFormat Format, ParseLimits Limits);
