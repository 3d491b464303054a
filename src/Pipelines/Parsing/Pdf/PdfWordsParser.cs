namespace GenAI.Pipelines.Parsing.Pdf;

internal sealed class PdfWordsParser : IDocumentParser
{
    public ParsedDocument Parse(string path, ParseLimits limits) => throw new NotSupportedException();
}
