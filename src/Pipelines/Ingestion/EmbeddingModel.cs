using GenAI.Generation;
using Microsoft.Extensions.AI;

namespace GenAI.Pipelines.Ingestion;

/// <summary>What ingestion and search need to know of the model that turns text into vectors.</summary>
/// <param name="Name">Kept with every collection it embeds.</param>
/// <param name="Dimensions">Length of its vectors.</param>
/// <param name="MaxTokens">Most tokens of one text, special tokens counted.</param>
/// <param name="Tokenizer">The model's own, so that a chunk's size means what the model means.</param>
/// <param name="Generator">Safe for concurrent use.</param>
public sealed record EmbeddingModel(
    string Name,
    int Dimensions,
    int MaxTokens,
    ITextTokenizer Tokenizer,
    IEmbeddingGenerator<string, Embedding<float>> Generator)
{
    /// <summary>Words put before a query, empty when the generator does that itself.</summary>
    public string QueryPrefix { get; init; } = "";

    /// <summary>Words put before a passage.</summary>
    public string PassagePrefix { get; init; } = "";
}
