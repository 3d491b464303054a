using System.Buffers.Binary;
using System.Text;

namespace GenAI.Generation.Catalogue;

/// <summary>Reads the primitive values of a GGUF header, little endian, with limits against hostile files.</summary>
/// <remarks>Format: the GGUF specification, versions 2 and 3.</remarks>
internal sealed class GgufReader(Stream stream)
{
    // A header beyond these is not a model anyone publishes; a hostile length must not make us allocate.
    private const ulong MaxStringBytes = 16 * 1024 * 1024;
    private const ulong MaxArrayLength = 16 * 1024 * 1024;

    private readonly byte[] _buffer = new byte[8];

    public long Position { get; private set; }

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Fill(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Fill(8));

    public string ReadString()
    {
        var length = ReadUInt64();
        if (length > MaxStringBytes)
        {
            throw new InvalidDataException($"a text of {length} bytes in the header");
        }

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        Position += bytes.Length;
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Reads a value of the given type; an array is passed over and comes back as its length.</summary>
    public object ReadValue(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 => (ulong)Fill(1)[0],
        GgufValueType.Int8 => (long)(sbyte)Fill(1)[0],
        GgufValueType.UInt16 => (ulong)BinaryPrimitives.ReadUInt16LittleEndian(Fill(2)),
        GgufValueType.Int16 => (long)BinaryPrimitives.ReadInt16LittleEndian(Fill(2)),
        GgufValueType.UInt32 => (ulong)ReadUInt32(),
        GgufValueType.Int32 => (long)BinaryPrimitives.ReadInt32LittleEndian(Fill(4)),
        GgufValueType.Float32 => (double)BinaryPrimitives.ReadSingleLittleEndian(Fill(4)),
        GgufValueType.Bool => Fill(1)[0] != 0,
        GgufValueType.String => ReadString(),
        GgufValueType.Array => SkipArray(),
        GgufValueType.UInt64 => ReadUInt64(),
        GgufValueType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(Fill(8)),
        GgufValueType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(Fill(8)),
        _ => throw new InvalidDataException($"value type {(uint)type} in the header"),
    };

    private ulong SkipArray()
    {
        var type = (GgufValueType)ReadUInt32();
        var length = ReadUInt64();
        if (length > MaxArrayLength || type == GgufValueType.Array)
        {
            throw new InvalidDataException($"an array of {length} values of type {(uint)type} in the header");
        }

        for (ulong index = 0; index < length; index++)
        {
            if (type == GgufValueType.String)
            {
                Skip(ReadUInt64());
            }
            else
            {
                ReadValue(type);
            }
        }

        return length;
    }

    private void Skip(ulong bytes)
    {
        if (bytes > MaxStringBytes)
        {
            throw new InvalidDataException($"a text of {bytes} bytes in the header");
        }

        stream.Seek((long)bytes, SeekOrigin.Current);
        Position += (long)bytes;
    }

    private ReadOnlySpan<byte> Fill(int count)
    {
        var span = _buffer.AsSpan(0, count);
        stream.ReadExactly(span);
        Position += count;
        return span;
    }
}
