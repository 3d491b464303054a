using System.Diagnostics.CodeAnalysis;
using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.Tests.VectorStores;

/// <summary>Lets a test act right after a collection was made, where another caller could.</summary>
internal sealed class WatchedCollections(ICollectionStore inner, Func<CollectionConfig, Task> created) : ICollectionStore
{
    public IReadOnlyDictionary<string, string> Damaged => inner.Damaged;

    public async Task<IDocumentCollection> CreateAsync(CollectionConfig config, CancellationToken cancellationToken)
    {
        var collection = await inner.CreateAsync(config, cancellationToken);
        await created(config);
        return collection;
    }

    public bool TryGet(string id, [NotNullWhen(true)] out IDocumentCollection? collection) => inner.TryGet(id, out collection);

    public IReadOnlyList<IDocumentCollection> List() => inner.List();

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => inner.DeleteAsync(id, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
