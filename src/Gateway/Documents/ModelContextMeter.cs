using GenAI.Gateway.Models;
using GenAI.Generation;
using GenAI.Retrieval.Answers.Generated;

namespace GenAI.Gateway.Documents;

/// <summary>Measures the models whose tokenizer is here, the local ones. Safe for concurrent use.</summary>
internal sealed class ModelContextMeter(ModelRegistry registry)
{
    /// <returns>Null for a model that is remote, not loaded or unknown.</returns>
    public ContextMeter? For(string? modelId)
    {
        if (modelId is null || !registry.TryGet(modelId, out var entry))
        {
            return null;
        }

        entry = registry.Resolve(entry);
        return entry.Info.ContextTokens is { } tokens && entry.Chat?.GetService(typeof(ITextTokenizer)) is ITextTokenizer tokenizer
            ? new ContextMeter(tokens, text => tokenizer.Count(text)) { Reasons = entry.Info.Capabilities.Contains(ModelInfo.Reasoning) }
            : null;
    }
}
