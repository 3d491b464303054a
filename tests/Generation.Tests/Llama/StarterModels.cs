using GenAI.Generation.Llama;

namespace GenAI.Generation.Tests.Llama;

/// <summary>The repository's own models, loaded once for all tests.</summary>
public sealed class StarterModels : IAsyncLifetime
{
    public LlamaModel Chat { get; private set; } = null!; // set before the first test

    public LlamaModel Embedding { get; private set; } = null!; // set before the first test

    public static string ChatPath => Path.Combine(Repository.Models, "SmolLM2-135M-Instruct-Q4_1-00001-of-00002.gguf");

    public static string EmbeddingPath => Path.Combine(Repository.Models, "bge-small-en-v1.5-Q8_0.gguf");

    public async ValueTask InitializeAsync()
    {
        Chat = await LlamaModel.LoadAsync(ChatPath);
        Embedding = await LlamaModel.LoadAsync(EmbeddingPath);
    }

    public ValueTask DisposeAsync()
    {
        Chat.Dispose();
        Embedding.Dispose();
        return ValueTask.CompletedTask;
    }
}
