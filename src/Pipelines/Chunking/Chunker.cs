using GenAI.Generation;
using GenAI.Pipelines.Parsing;

namespace GenAI.Pipelines.Chunking;

/// <summary>
/// Cuts a document into passages that fit an embedder. Passages cover all visible text in order, end at sentences,
/// start at headings where they can, keep a table and its caption together while they fit, and otherwise split it at
/// rows with the header row in <see cref="DocumentChunk.Context"/>. Stateless; safe for concurrent use if the tokenizer is.
/// </summary>
public static class Chunker
{
    /// <exception cref="ArgumentOutOfRangeException">The options contradict themselves.</exception>
    public static IReadOnlyList<DocumentChunk> Chunk(
        ParsedDocument document,
        ITextTokenizer tokenizer,
        ChunkingOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        // A quarter is left for the context, so that one unit and its context always fit.
        var reader = new UnitReader(document, tokenizer, options.MaxTokens * 3 / 4);
        var units = reader.Read();
        var context = new ChunkContext(document, reader, tokenizer, options.MaxTokens / 4);
        var packer = new ChunkPacker(units, context, options);
        var chunks = new List<DocumentChunk>();
        var first = 0;
        while (first < units.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = packer.End(first, chunks.Count == 0 ? 0 : packer.PreviousEnd);
            chunks.Add(Build(document, tokenizer, context, units, packer, first, ref end, options.MaxTokens, chunks.Count));
            first = end >= units.Count ? end : packer.NextStart(first, end);
        }

        return chunks;
    }

    /// <summary>Counts the passage as it will be embedded; sums of units can be a few tokens off, so the end gives way.</summary>
    private static DocumentChunk Build(
        ParsedDocument document,
        ITextTokenizer tokenizer,
        ChunkContext context,
        List<ChunkUnit> units,
        ChunkPacker packer,
        int first,
        ref int end,
        int maxTokens,
        int ordinal)
    {
        while (true)
        {
            var start = units[first].Start;
            var stop = units[end - 1].End;
            var (headings, prefix) = context.Of(units, first, end);
            var text = document.Text[start..stop];
            var page = context.PageOf(units, first, end);
            var chunk = new DocumentChunk(ordinal, text, start, stop, headings, page, prefix, 0);
            var tokens = tokenizer.Count(chunk.SearchText);
            if (tokens > maxTokens && end - first > 1 && end - 1 > packer.PreviousEnd)
            {
                end--;
                continue;
            }

            if (tokens > maxTokens && prefix.Length > 0)
            {
                chunk = chunk with { Context = string.Empty };
                tokens = tokenizer.Count(text);
            }

            packer.PreviousEnd = end;
            return chunk with { TokenCount = tokens };
        }
    }
}
