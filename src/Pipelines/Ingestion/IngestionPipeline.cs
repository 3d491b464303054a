using GenAI.Generation;
using GenAI.Pipelines.Chunking;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Parsing;
using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.Ingestion;

/// <summary>Turns one file into a document that is ready to be committed: parse, chunk, embed.</summary>
/// <remarks>Safe for concurrent use; it keeps nothing between files.</remarks>
public sealed class IngestionPipeline(DocumentParser parser, IEmbeddingModelSource models)
{
    // Shares of the time that a long file takes on a small machine; the time left is reckoned from them.
    private const double Reading = 0.005;
    private const double Parsed = 0.03;
    private const double Chunked = 0.04;
    private const double Embedded = 0.98;

    /// <summary>Room that a passage leaves for the file's name and the model's special tokens.</summary>
    private const int TitleTokens = 32;

    private static readonly WordTokenizer s_words = new();

    /// <summary>Prepares a file for a collection.</summary>
    /// <exception cref="JobFailedException">The file cannot be read, or the collection's embedding model is not there.</exception>
    public async Task<CollectionDocument> PrepareAsync(
        IngestionItem item, CollectionConfig collection, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new JobProgress(JobStage.Reading, 0, 0, 0));
        var model = await ModelForAsync(collection, cancellationToken);
        progress.Report(new JobProgress(JobStage.Parsing, Reading, 0, 0));
        var parsed = await ParseAsync(item, cancellationToken);
        progress.Report(new JobProgress(JobStage.Chunking, Parsed, 0, 0));
        var passages = Chunker.Chunk(parsed, model?.Tokenizer ?? (ITextTokenizer)s_words, Options(item.Chunking, model), cancellationToken);
        var chunks = model is null
            ? [.. passages.Select(passage => ChunkEmbedder.ToChunk(passage, default))]
            : await EmbedAsync(model, item.FileName, passages, progress, cancellationToken);
        progress.Report(new JobProgress(JobStage.Committing, Embedded, chunks.Count, chunks.Count));
        return new CollectionDocument(item.DocumentId, item.FileName, item.ContentHash, parsed.Text, item.Attributes, [], chunks);
    }

    private static Task<List<Chunk>> EmbedAsync(
        EmbeddingModel model, string fileName, IReadOnlyList<DocumentChunk> passages, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        void Report(int done) => progress.Report(new JobProgress(
            JobStage.Embedding, Chunked + ((Embedded - Chunked) * done / Math.Max(1, passages.Count)), done, passages.Count));

        Report(0);
        return ChunkEmbedder.EmbedAsync(model, fileName, passages, Report, cancellationToken);
    }

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

    private async Task<EmbeddingModel?> ModelForAsync(CollectionConfig collection, CancellationToken cancellationToken)
    {
        if (collection.Dimensions == 0)
        {
            return null;
        }

        var model = await models.GetAsync(cancellationToken);
        if (model is null || model.Name != collection.EmbeddingModel || model.Dimensions != collection.Dimensions)
        {
            throw new JobFailedException("server_error",
                $"This collection was embedded with '{collection.EmbeddingModel}', and the server runs {(model is null ? "without an embedding model" : $"'{model.Name}'")}. Start it with that model, or make a new vector store.");
        }

        return model;
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
