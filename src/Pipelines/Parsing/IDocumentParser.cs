namespace GenAI.Pipelines.Parsing;

/// <summary>
/// Reads one format. Runs inside the parser process, where time and memory are capped from outside, so an
/// implementation may be plain and synchronous; it throws <see cref="ParseException"/> for what the file does wrong.
/// </summary>
internal interface IDocumentParser
{
    ParsedDocument Parse(string path, ParseLimits limits);
}
