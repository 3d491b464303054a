namespace GenAI.Retrieval.Answers.Generated;

/// <summary>How a model is asked to answer from passages.</summary>
public sealed class GeneratedOptions
{
    /// <summary>UTF-16 units of passages in the prompt.</summary>
    public int MaxContextChars { get; init; } = 12_000;

    /// <summary>What the model is told; <c>{0}</c> is the passages.</summary>
    public string Instruction { get; init; } =
        "Answer the user's question from the passages below and from nothing else. Use the passages' own words where you can, " +
        "keep numbers and names exactly, and be brief. If the passages do not hold the answer, say that the documents do not answer it.\n\n" +
        "Passages:\n\n{0}";
}
