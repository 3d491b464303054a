namespace GenAI.Retrieval.Storage;

/// <summary>A stored file does not hold what was written to it. Nothing is read from it, nothing is repaired by guessing.</summary>
public sealed class CorruptStoreException : Exception
{
    public CorruptStoreException(string file, string problem)
        : base($"{file} is damaged: {problem} Restore the collection's folder from a backup, or move the folder away and ingest its documents again.")
    {
        File = file;
    }

    /// <summary>The damaged file, with its path.</summary>
    public string File { get; }
}
