namespace GenAI.Pipelines.Storage;

/// <summary>The data folder cannot be used; the message says why and what to do, and may be shown to the operator.</summary>
public sealed class StorageException : Exception
{
    public StorageException(string message)
        : base(message)
    {
    }

    public StorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
