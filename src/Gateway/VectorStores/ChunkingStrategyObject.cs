using GenAI.Pipelines.Ingestion;

namespace GenAI.Gateway.VectorStores;

/// <summary>Sizes in force; a file added with <c>auto</c> shows those the server chose, as at OpenAI.</summary>
internal sealed record ChunkingStrategyObject(string Type, ChunkSizesObject Static)
{
    public static ChunkingStrategyObject Of(ChunkSizes? sizes)
    {
        var shown = sizes ?? ChunkSizes.Default;
        return new ChunkingStrategyObject("static", new ChunkSizesObject(shown.MaxTokens, shown.OverlapTokens));
    }
}
