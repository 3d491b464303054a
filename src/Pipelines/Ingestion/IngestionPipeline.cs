using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Parsing;
using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.Ingestion;

/// <summary>Turns one file into a document that is ready to be committed: parse, chunk, embed.</summary>
/// <remarks>Safe for concurrent use; it keeps nothing between files.</remarks>
public sealed class IngestionPipeline
{
    private const double Parsed = 0.3;
    private const double Chunked = 0.35;
    private const double Embedded = 0.95;

    private readonly DocumentParser _parser;
    private readonly IDocumentChunker _chunker;
    private readonly IEmbeddingModelSource _models;

    internal IngestionPipeline(DocumentParser parser, IDocumentChunker chunker, IEmbeddingModelSource models)
    {
        _parser = parser;
        _chunker = chunker;
        _models = models;
    }

    /// <summary>Prepares a file for a collection.</summary>
    /// <exception cref="JobFailedException">The file cannot be read, or the collection's embedding model is not there.</exception>
    public async Task<CollectionDocument> PrepareAsync(
        IngestionItem item, CollectionConfig collection, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new JobProgress(JobStage.Reading, 0, 0, 0));
        var model = await ModelForAsync(collection, cancellationToken);
        progress.Report(new JobProgress(JobStage.Parsing, 0.02, 0, 0));
        var parsed = await ParseAsync(item, cancellationToken);
        progress.Report(new JobProgress(JobStage.Chunking, Parsed, 0, 0));
        var drafts = _chunker.Chunk(parsed, model, item.Chunking);
        var chunks = model is null
            ? [.. drafts.Select(draft => draft.Chunk)]
            : await EmbedAsync(model, item.FileName, drafts, progress, cancellationToken);
        progress.Report(new JobProgress(JobStage.Committing, Embedded, chunks.Count, chunks.Count));
        return new CollectionDocument(item.DocumentId, item.FileName, item.ContentHash, parsed.Text, item.Attributes, [], chunks);
    }

    private static Task<List<Chunk>> EmbedAsync(
        EmbeddingModel model, string fileName, IReadOnlyList<ChunkDraft> drafts, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        void Report(int done) => progress.Report(new JobProgress(
            JobStage.Embedding, Chunked + ((Embedded - Chunked) * done / Math.Max(1, drafts.Count)), done, drafts.Count));

        Report(0);
        return ChunkEmbedder.EmbedAsync(model, fileName, drafts, Report, cancellationToken);
    }

    private async Task<EmbeddingModel?> ModelForAsync(CollectionConfig collection, CancellationToken cancellationToken)
    {
        if (collection.Dimensions == 0)
        {
            return null;
        }

        var model = await _models.GetAsync(cancellationToken);
        if (model is null || model.Name != collection.EmbeddingModel || model.Dimensions != collection.Dimensions)
        {
            throw new JobFailedException("server_error",
                $"This collection was embedded with '{collection.EmbeddingModel}', and the server runs {(model is null ? "without an embedding model" : $"'{model.Name}'")}. Start it with that model, or make a new vector store.");
        }

        return model;
    }

    private async Task<ParsedDocument> ParseAsync(IngestionItem item, CancellationToken cancellationToken)
    {
        var parsed = await _parser(item.Path, item.FileName, cancellationToken);
        if (string.IsNullOrWhiteSpace(parsed.Text))
        {
            throw new JobFailedException("invalid_file", "The file holds no text. If it is a scan, run text recognition on it first.");
        }

        return parsed;
    }
}
