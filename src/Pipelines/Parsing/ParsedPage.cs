namespace GenAI.Pipelines.Parsing;

/// <summary>The text range of a page; numbers count from 1.</summary>
public sealed record ParsedPage(int Start, int End, int Number);
