namespace GenAI.Retrieval.Storage;

/// <summary>Bytes in managed memory.</summary>
internal sealed class ArrayBytes(ReadOnlyMemory<byte> bytes) : StoredBytes
{
    public override long Length => bytes.Length;

    public override ReadOnlySpan<byte> Slice(long offset, int length) => bytes.Span.Slice(checked((int)offset), length);
}
