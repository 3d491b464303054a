using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Tests.Durability;

/// <summary>A file of a <see cref="PowerDirectory"/>.</summary>
internal sealed class PowerFile(PowerDirectory directory, WritableFile inner) : WritableFile
{
    public override long Length => inner.Length;

    public override void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            directory.Use();
        }
        catch (IOException)
        {
            // A full disk takes what it still has room for.
            inner.Append(bytes[..(bytes.Length / 2)]);
            throw;
        }

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
