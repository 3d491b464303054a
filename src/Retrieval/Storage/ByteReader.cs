using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace GenAI.Retrieval.Storage;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
/// <remarks>Throws <see cref="InvalidDataException"/> at the end of the bytes; with a good checksum that is a fault of the program.</remarks>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw new InvalidDataException("A stored record ends before its fields do.");
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    public byte Byte() => Bytes(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    public long Number()
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            value |= (long)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }
    }

    public int Count() => checked((int)Number());

    public double Real() => BitConverter.UInt64BitsToDouble(UInt64());

    public float[] Floats(int count) => MemoryMarshal.Cast<byte, float>(Bytes(count * sizeof(float))).ToArray();

    /// <summary>Bytes of the text that <paramref name="start"/> begins with, its length included.</summary>
    public static int TextBytes(ReadOnlySpan<byte> start)
    {
        var reader = new ByteReader(start);
        var header = reader.Number();
        return checked(start.Length - reader._rest.Length + (int)((header >> 1) * ((header & 1) == 0 ? sizeof(byte) : sizeof(char))));
    }

    public string Text()
    {
        var header = Number();
        var length = checked((int)(header >> 1));
        return (header & 1) == 0
            ? Encoding.UTF8.GetString(Bytes(length))
            : new string(MemoryMarshal.Cast<byte, char>(Bytes(length * sizeof(char))));
    }
}
