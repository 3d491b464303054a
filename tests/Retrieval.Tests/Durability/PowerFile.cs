using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Tests.Durability;

/// <summary>A file of a <see cref="PowerDirectory"/>.</summary>
internal sealed class PowerFile(PowerDirectory directory, WritableFile inner) : WritableFile
{
    public override long Length => inner.Length;

    public override void Append(ReadOnlySpan<byte> bytes)
    {
        directory.Use();
        inner.Append(bytes);
    }

    public override void Truncate(long length)
    {
        directory.Use();
        inner.Truncate(length);
    }

    public override void Sync()
    {
        directory.Use();
        inner.Sync();
    }

    public override void Dispose() => inner.Dispose();
}
