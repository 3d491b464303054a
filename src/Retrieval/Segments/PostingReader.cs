namespace GenAI.Retrieval.Segments;

/// <summary>Walks the postings of one term, in chunk order.</summary>
internal ref struct PostingReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public int Chunk { get; private set; } = -1;

    public int Frequency { get; private set; }

    public bool MoveNext()
    {
        if (_position >= _bytes.Length)
        {
            return false;
        }

        Chunk += Number();
        Frequency = Number();
        return true;
    }

    private int Number()
    {
        int value = _bytes[_position++];
        if (value < 128)
        {
            return value;
        }

        value &= 127;
        for (var shift = 7; ; shift += 7)
        {
            int part = _bytes[_position++];
            value |= (part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }
    }
}
