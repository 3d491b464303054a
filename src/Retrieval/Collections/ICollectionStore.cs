using System.Diagnostics.CodeAnalysis;

namespace GenAI.Retrieval.Collections;

/// <summary>The collections of one data folder.</summary>
public interface ICollectionStore : IAsyncDisposable
{
    /// <summary>Makes a collection.</summary>
    /// <exception cref="ArgumentException">The id is taken or not file-name safe.</exception>
    Task<IDocumentCollection> CreateAsync(CollectionConfig config, CancellationToken cancellationToken);

    bool TryGet(string id, [NotNullWhen(true)] out IDocumentCollection? collection);

    IReadOnlyList<IDocumentCollection> List();

    /// <summary>Collections that could not be opened, by id, with what is wrong and what to do. The others are not touched by it; such a one can only be deleted.</summary>
    IReadOnlyDictionary<string, string> Damaged { get; }

    /// <summary>Removes a collection, be it damaged, and its files.</summary>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);
}
