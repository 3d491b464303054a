using System.Numerics;

namespace GenAI.Retrieval.Filters;

/// <summary>A set of document ordinals of one segment, one bit each. Not thread-safe while it is changed.</summary>
internal sealed class DocumentSet
{
    private readonly ulong[] _words;

    public DocumentSet(int size)
    {
        Size = size;
        _words = new ulong[(size + 63) / 64];
    }

    private DocumentSet(int size, ulong[] words)
    {
        Size = size;
        _words = words;
    }

    /// <summary>How many ordinals there are, in the set or not.</summary>
    public int Size { get; }

    public static DocumentSet All(int size) => new DocumentSet(size).Invert();

    public static DocumentSet FromBytes(int size, ReadOnlySpan<byte> bytes)
    {
        var set = new DocumentSet(size);
        bytes.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(set._words.AsSpan()));
        return set;
    }

    public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.MemoryMarshal.AsBytes(_words.AsSpan());

    public bool Contains(int ordinal) => (_words[ordinal >> 6] >> (ordinal & 63) & 1) != 0;

    public void Add(int ordinal) => _words[ordinal >> 6] |= 1UL << (ordinal & 63);

    public void Remove(int ordinal) => _words[ordinal >> 6] &= ~(1UL << (ordinal & 63));

    public DocumentSet Copy() => new(Size, [.. _words]);

    public int Count()
    {
        var count = 0;
        foreach (var word in _words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    public DocumentSet IntersectWith(DocumentSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] &= other._words[i];
        }

        return this;
    }

    public DocumentSet UnionWith(DocumentSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] |= other._words[i];
        }

        return this;
    }

    public DocumentSet Invert()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] = ~_words[i];
        }

        if (Size % 64 != 0)
        {
            _words[^1] &= (1UL << (Size % 64)) - 1;
        }

        return this;
    }
}
