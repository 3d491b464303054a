namespace GenAI.Retrieval.Answers.Generated;

/// <summary>How a model is asked to answer from passages.</summary>
public sealed record GeneratedOptions
{
    /// <summary>Tokens of passages in the prompt, where the model's context holds as many.</summary>
    public int MaxContextTokens { get; init; } = 3072;

    /// <summary>Tokens of passages (or an eighth of a small context) below which a conversation counts as too long to be answered from documents.</summary>
    public int MinContextTokens { get; init; } = 256;

    /// <summary>
    /// Tokens of an answer whose request names no limit, where the model can be measured. A small model may go on and on
    /// until its context is full, which takes minutes.
    /// </summary>
    public int MaxOutputTokens { get; init; } = 1024;

    /// <summary>Tokens more for a model that thinks aloud before it answers.</summary>
    public int MaxThoughtTokens { get; init; } = 4096;

    /// <summary>Further options for the model (<c>ChatOptions.AdditionalProperties</c>), where the request does not set them itself.</summary>
    public IReadOnlyDictionary<string, object?> ModelOptions { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>What the model is told; <c>{0}</c> is the passages.</summary>
    public string Instruction { get; init; } =
        "Answer the user's question from the passages below and from nothing else. Use the passages' own words where you can, " +
        "keep numbers and names exactly, and be brief. If the passages do not hold the answer, reply only: " + AnswerText.Silent + "\n\n" +
        "Passages:\n\n{0}";
}
