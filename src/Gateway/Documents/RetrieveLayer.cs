using GenAI.Gateway.Chain;
using GenAI.Gateway.Models;
using GenAI.Generation;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Answers.Chat;
using GenAI.Retrieval.Answers.Constrained;
using GenAI.Retrieval.Answers.Extractive;
using GenAI.Retrieval.Answers.Generated;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Documents;

/// <summary>Hangs answering over documents into the chain.</summary>
internal static class RetrieveLayer
{
    /// <summary>Tokens: a brief answer over documents has no reason to say a sentence three times.</summary>
    private const int RepetitionLimit = 48;

    public static ChainLayer Create(IServiceProvider services)
    {
        var models = services.GetRequiredService<IEmbeddingModelSource>();
        var registry = services.GetRequiredService<ModelRegistry>();
        var scorer = new ModelCandidateScorer(registry);
        IAnswerPolicy[] policies =
        [
            new LateAnswerPolicy(AnswerPolicyNames.Extractive, models, model => new ExtractivePolicy(model?.Generator, ExtractOf(model))),
            new LateAnswerPolicy(
                AnswerPolicyNames.Constrained,
                models,
                model => new ConstrainedPolicy(scorer, model?.Generator, new ConstrainedOptions { Extract = ExtractOf(model) })),
        ];
        var passages = new LibraryPassages(services.GetRequiredService<VectorStoreService>());
        var configured = services.GetRequiredService<IOptions<ModelsOptions>>().Value;
        var generated = new GeneratedOptions
        {
            ModelOptions = new Dictionary<string, object?>(StringComparer.Ordinal) { [GenerationOptionNames.RepetitionLimit] = RepetitionLimit },
        };
        var options = new RetrieveOptions
        {
            Policies = configured.AnswerPolicies.ToDictionary(StringComparer.Ordinal),
            Generated = configured.MaxOutputTokens is { } limit ? generated with { MaxOutputTokens = limit, MaxThoughtTokens = 0 } : generated,
            Meter = new ModelContextMeter(registry).For,
        };
        var clock = services.GetRequiredService<TimeProvider>();
        return new ChainLayer(inner => new RetrieveChatClient(inner, passages, policies, options, clock));
    }

    private static ExtractiveOptions ExtractOf(EmbeddingModel? model) => new() { QueryPrefix = model?.QueryPrefix ?? "" };
}
