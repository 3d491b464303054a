using GenAI.Generation;
using GenAI.Pipelines.Chunking;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Parsing;
using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.Ingestion;

/// <summary>Turns one file into a document: parse and chunk, and in a step of its own, embed.</summary>
/// <remarks>Safe for concurrent use; it keeps nothing between files.</remarks>
public sealed class IngestionPipeline(DocumentParser parser)
{
    // Shares of the time that a long file takes on a small machine; the time left is reckoned from them.
    private const double Reading = 0.005;
    private const double Parsed = 0.03;
    private const double Chunked = 0.04;
    private const double Embedded = 0.98;

    /// <summary>Room that a passage leaves for the file's name and the model's special tokens.</summary>
    private const int TitleTokens = 32;

    private static readonly WordTokenizer s_words = new();

    /// <summary>Makes a file ready to be found by its words: parses it and cuts it into passages.</summary>
    /// <param name="model">The model that is to embed the passages and whose tokens they are counted in; null when none is.</param>
    /// <exception cref="JobFailedException">The file cannot be read.</exception>
    public async Task<CollectionDocument> ReadAsync(
        IngestionItem item, EmbeddingModel? model, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new JobProgress(JobStage.Parsing, Reading, 0, 0));
        var parsed = await ParseAsync(item, cancellationToken);
        progress.Report(new JobProgress(JobStage.Chunking, Parsed, 0, 0));
        var passages = Chunker.Chunk(parsed, model?.Tokenizer ?? (ITextTokenizer)s_words, Options(item.Chunking, model), cancellationToken);
        progress.Report(new JobProgress(JobStage.Indexing, Chunked, 0, 0));
        return new CollectionDocument(
            item.DocumentId, item.FileName, item.ContentHash, parsed.Text, item.Attributes, [], [.. passages.Select(ToChunk)]);
    }

    /// <summary>Gives a document's passages their vectors.</summary>
    public static async Task<CollectionDocument> EmbedAsync(
        EmbeddingModel model, CollectionDocument document, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var total = document.Chunks.Count;
        void Report(int done) => progress.Report(Embedding(done, total));

        Report(0);
        var chunks = await ChunkEmbedder.EmbedAsync(model, document.FileName, document.Chunks, Report, cancellationToken);
        progress.Report(new JobProgress(JobStage.Committing, Embedded, total, total));
        return document with { Chunks = chunks };
    }

    /// <summary>What a file says of itself that has so many of its passages embedded.</summary>
    public static JobProgress Embedding(int done, int total) =>
        new(JobStage.Embedding, Chunked + ((Embedded - Chunked) * done / Math.Max(1, total)), done, total);

    private static Chunk ToChunk(DocumentChunk passage) =>
        new(passage.Ordinal, passage.Text, passage.Start, passage.End, passage.Headings, passage.Page, default) { Context = passage.Context };

    private static ChunkingOptions Options(ChunkSizes? asked, EmbeddingModel? model)
    {
        if (asked is not null)
        {
            return new ChunkingOptions { MaxTokens = asked.MaxTokens, OverlapTokens = asked.OverlapTokens };
        }

        var room = (model?.MaxTokens ?? int.MaxValue) - TitleTokens;
        var most = Math.Clamp(room, ChunkingOptions.LeastMaxTokens, ChunkSizes.Default.MaxTokens);
        return new ChunkingOptions { MaxTokens = most, OverlapTokens = Math.Min(ChunkSizes.Default.OverlapTokens, most / 2) };
    }

    private async Task<ParsedDocument> ParseAsync(IngestionItem item, CancellationToken cancellationToken)
    {
        var parsed = await ReadAsync(item, cancellationToken);
        if (string.IsNullOrWhiteSpace(parsed.Text))
        {
            throw new JobFailedException("invalid_file", "The file holds no text. If it is a scan, run text recognition on it first.");
        }

        return parsed;
    }

    private async Task<ParsedDocument> ReadAsync(IngestionItem item, CancellationToken cancellationToken)
    {
        try
        {
            return await parser(item.Path, item.FileName, cancellationToken);
        }
        catch (ParseException exception)
        {
            throw new JobFailedException(Code(exception.Failure), exception.Message, exception);
        }
        catch (FileNotFoundException exception)
        {
            throw new JobFailedException("server_error", "The file's bytes are gone from the data folder. Upload it again.", exception);
        }
    }

    private static string Code(ParseFailure failure) => failure switch
    {
        ParseFailure.Unsupported or ParseFailure.WrongFormat => "unsupported_file",
        ParseFailure.Unavailable => "server_error",
        _ => "invalid_file",
    };
}
