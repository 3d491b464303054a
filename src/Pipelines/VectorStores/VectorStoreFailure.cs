namespace GenAI.Pipelines.VectorStores;

public enum VectorStoreFailure
{
    /// <summary>The request is wrong; the message says which part.</summary>
    Invalid,

    /// <summary>A store, file or batch of that id does not exist.</summary>
    NotFound,

    /// <summary>The store's time is over.</summary>
    Expired,

    /// <summary>The server lacks what the request needs, such as the collection's embedding model.</summary>
    Unavailable,
}
