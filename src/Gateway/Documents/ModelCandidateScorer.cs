using GenAI.Gateway.Models;
using GenAI.Generation;
using GenAI.Generation.Llama;
using GenAI.Retrieval.Answers.Constrained;

namespace GenAI.Gateway.Documents;

/// <summary>Lets the first local chat model say how likely a text is. Safe for concurrent use.</summary>
internal sealed class ModelCandidateScorer(ModelRegistry registry) : ICandidateScorer
{
    public async Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<ScoringPrompt> prompts, CancellationToken cancellationToken)
    {
        var client = registry.List().Select(entry => entry.Chat?.GetService(typeof(LlamaChatClient)) as LlamaChatClient).FirstOrDefault(found => found is not null)
            ?? throw new GenerationException(
                GenerationFailure.InvalidRequest, "The answer policy 'constrained' needs a local language model, and none is loaded; use 'extractive'.");
        var scores = new double[prompts.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            var score = await client.ScoreAsync(prompts[i].Prompt, [prompts[i].Continuation], null, cancellationToken);
            scores[i] = score[0].MeanLogProbability;
        }

        return scores;
    }
}
