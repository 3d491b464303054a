namespace GenAI.Retrieval.Storage;

/// <summary>The bytes of a finished file. Safe for concurrent reads.</summary>
internal abstract class StoredBytes
{
    public abstract long Length { get; }

    /// <summary>A view of the bytes; valid while this object is reachable, so callers keep it alive over the use.</summary>
    public abstract ReadOnlySpan<byte> Slice(long offset, int length);
}
