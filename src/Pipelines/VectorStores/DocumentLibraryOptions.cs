using GenAI.Pipelines.Jobs;

namespace GenAI.Pipelines.VectorStores;

/// <param name="DataFolder">Holds <c>genai.db</c> and <c>files/</c>.</param>
public sealed record DocumentLibraryOptions(string DataFolder)
{
    public JobRunnerOptions Jobs { get; init; } = new();
}
