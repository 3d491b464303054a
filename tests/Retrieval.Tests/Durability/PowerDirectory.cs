using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Tests.Durability;

/// <summary>A folder whose power goes at a chosen change: that change and every later one fail.</summary>
internal sealed class PowerDirectory(MemoryDirectory inner, int changesLeft) : IDirectory
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
        if (Interlocked.Decrement(ref _changesLeft) < 0)
        {
            throw new IOException("The power is gone.");
        }
    }
}
