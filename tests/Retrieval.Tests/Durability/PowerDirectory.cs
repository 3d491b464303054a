using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Tests.Durability;

/// <summary>A folder that fails at a chosen change: for good, as when the power goes, or for some changes, as when the disk is full for a while.</summary>
internal sealed class PowerDirectory(MemoryDirectory inner, int changesLeft, int failures = int.MaxValue) : IDirectory
{
    private int _changesLeft = changesLeft;

    public MemoryDirectory Inner { get; } = inner;

    public IReadOnlyList<string> Files() => Inner.Files();

    public long Length(string name) => Inner.Length(name);

    public StoredBytes Open(string name) => Inner.Open(name);

    public WritableFile Create(string name)
    {
        Use();
        return new PowerFile(this, Inner.Create(name));
    }

    public WritableFile Append(string name) => new PowerFile(this, Inner.Append(name));

    public void Rename(string from, string to)
    {
        Use();
        Inner.Rename(from, to);
    }

    public void Delete(string name)
    {
        Use();
        Inner.Delete(name);
    }

    public void Sync()
    {
        Use();
        Inner.Sync();
    }

    public string PathOf(string name) => Inner.PathOf(name);

    public void Use()
    {
        var left = Interlocked.Decrement(ref _changesLeft);
        if (left < 0 && -(long)left <= failures)
        {
            throw new IOException("The power is gone.");
        }
    }
}
