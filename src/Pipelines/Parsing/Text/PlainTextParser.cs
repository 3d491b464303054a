namespace GenAI.Pipelines.Parsing.Text;

/// <summary>Plain text and source code: the text as it is.</summary>
internal sealed class PlainTextParser : IDocumentParser
{
    public ParsedDocument Parse(string path, ParseLimits limits) => new(TextDecoder.ReadAll(path, limits), [], [], []);
}
