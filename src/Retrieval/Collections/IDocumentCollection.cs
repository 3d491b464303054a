namespace GenAI.Retrieval.Collections;

/// <summary>A durable set of documents that can be searched by words and by meaning.</summary>
/// <remarks>
/// Safe for concurrent use: writers are serialised inside, readers see one consistent snapshot.
/// When a write's task completes, the write survives the process being killed.
/// </remarks>
public interface IDocumentCollection
{
    CollectionConfig Config { get; }

    /// <summary>Number of live documents.</summary>
    int DocumentCount { get; }

    /// <summary>Number of live chunks.</summary>
    int ChunkCount { get; }

    /// <summary>Bytes on disk.</summary>
    long SizeInBytes { get; }

    /// <summary>Adds documents, or replaces those whose id is already there. All of them become visible together.</summary>
    /// <remarks>A document may come without vectors, to be found by its words until it is committed again with them.</remarks>
    /// <exception cref="ArgumentException">A vector has the wrong length, only some passages of a document have one, or a chunk's offsets do not match its text.</exception>
    Task CommitAsync(IReadOnlyList<CollectionDocument> documents, CancellationToken cancellationToken);

    /// <summary>Removes documents; unknown ids are passed over.</summary>
    /// <returns>How many were removed.</returns>
    Task<int> DeleteAsync(IReadOnlyList<string> documentIds, CancellationToken cancellationToken);

    CollectionDocument? Find(string documentId);

    /// <summary>Ids of all live documents, in commit order.</summary>
    IReadOnlyList<string> DocumentIds();

    /// <summary>Live documents that have passages and no vectors, in commit order; none in a collection of words alone.</summary>
    IReadOnlyList<BareDocument> DocumentsWithoutVectors();

    IReadOnlyList<SearchHit> Search(SearchRequest request, CancellationToken cancellationToken);
}
