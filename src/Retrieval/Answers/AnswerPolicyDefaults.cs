namespace GenAI.Retrieval.Answers;

/// <summary>Which policy a model answers with when neither the request nor the configuration names one.</summary>
/// <remarks>
/// Measured by the answer suite (eval/LOG.md). A model that was not measured extracts: that is right more often than the
/// free prose of a small model, and a large model's operator sets <see cref="AnswerPolicyNames.Generated"/> in configuration.
/// </remarks>
public static class AnswerPolicyDefaults
{
    private static readonly (string NamePart, string Policy)[] Measured =
    [
        ("smollm2-135m", AnswerPolicyNames.Extractive),
    ];

    /// <param name="modelId">Name of the model, null when there is none.</param>
    /// <param name="configured">Policies by model name from configuration; "*" names every other model.</param>
    public static string For(string? modelId, IReadOnlyDictionary<string, string>? configured = null)
    {
        if (configured is not null && ((modelId is not null && configured.TryGetValue(modelId, out var policy)) || configured.TryGetValue("*", out policy)))
        {
            return policy;
        }

        return Measured.FirstOrDefault(entry => modelId?.Contains(entry.NamePart, StringComparison.OrdinalIgnoreCase) == true).Policy
            ?? AnswerPolicyNames.Extractive;
    }
}
