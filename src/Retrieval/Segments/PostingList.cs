namespace GenAI.Retrieval.Segments;

/// <summary>Builds the postings of one term: for each chunk the distance from the last one and the frequency, as variable-length numbers.</summary>
internal sealed class PostingList
{
    // Most terms are rare: a small array each instead of a writer with its own buffer.
    private byte[] _bytes = new byte[8];
    private int _length;
    private int _last = -1;
    private int _lastWritten = -1;
    private int _frequency;

    public int ChunkFrequency { get; private set; }

    /// <summary>Counts one occurrence; chunks come in rising order.</summary>
    public void Add(int chunk) => Add(chunk, 1);

    public void Add(int chunk, int frequency)
    {
        if (chunk != _last)
        {
            Flush();
            _last = chunk;
            ChunkFrequency++;
        }

        _frequency += frequency;
    }

    /// <summary>The finished bytes; valid until the next change.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        Flush();
        return _bytes.AsSpan(0, _length);
    }

    public void Clear()
    {
        _length = 0;
        (_last, _lastWritten, _frequency, ChunkFrequency) = (-1, -1, 0, 0);
    }

    private void Flush()
    {
        if (_frequency > 0)
        {
            Number(_last - _lastWritten);
            Number(_frequency);
            _lastWritten = _last;
            _frequency = 0;
        }
    }

    private void Number(int value)
    {
        if (_length + 5 > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        var rest = (uint)value;
        for (; rest >= 128; rest >>= 7)
        {
            _bytes[_length++] = (byte)(rest | 128);
        }

        _bytes[_length++] = (byte)rest;
    }
}
