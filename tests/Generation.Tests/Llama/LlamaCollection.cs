namespace GenAI.Generation.Tests.Llama;

/// <summary>Tests that run the engine share the loaded models and run one after another, as they share two cores.</summary>
[CollectionDefinition(Name)]
public sealed class LlamaCollection : ICollectionFixture<StarterModels>
{
    public const string Name = "llama";
}
