namespace GenAI.Pipelines.Parsing;

/// <summary>A heading line; level 1 is the outermost.</summary>
public sealed record ParsedHeading(int Start, int End, int Level, string Text);
