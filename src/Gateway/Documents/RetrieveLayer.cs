using GenAI.Gateway.Chain;
using GenAI.Gateway.Models;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Answers.Chat;
using GenAI.Retrieval.Answers.Constrained;
using GenAI.Retrieval.Answers.Extractive;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Documents;

/// <summary>Hangs answering over documents into the chain.</summary>
internal static class RetrieveLayer
{
    public static ChainLayer Create(IServiceProvider services)
    {
        var models = services.GetRequiredService<IEmbeddingModelSource>();
        var scorer = new ModelCandidateScorer(services.GetRequiredService<ModelRegistry>());
        IAnswerPolicy[] policies =
        [
            new LateAnswerPolicy(AnswerPolicyNames.Extractive, models, model => new ExtractivePolicy(model?.Generator, ExtractOf(model))),
            new LateAnswerPolicy(
                AnswerPolicyNames.Constrained,
                models,
                model => new ConstrainedPolicy(scorer, model?.Generator, new ConstrainedOptions { Extract = ExtractOf(model) })),
        ];
        var passages = new LibraryPassages(services.GetRequiredService<VectorStoreService>());
        var options = new RetrieveOptions
        {
            Policies = services.GetRequiredService<IOptions<ModelsOptions>>().Value.AnswerPolicies.ToDictionary(StringComparer.Ordinal),
        };
        var clock = services.GetRequiredService<TimeProvider>();
        return new ChainLayer(inner => new RetrieveChatClient(inner, passages, policies, options, clock));
    }

    private static ExtractiveOptions ExtractOf(EmbeddingModel? model) => new() { QueryPrefix = model?.QueryPrefix ?? "" };
}
