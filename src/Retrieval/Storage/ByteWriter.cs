using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace GenAI.Retrieval.Storage;

/// <summary>A growing buffer with the few encodings that the files use. Numbers are little-endian.</summary>
internal sealed class ByteWriter
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public int Length => _buffer.WrittenCount;

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public ReadOnlyMemory<byte> Memory => _buffer.WrittenMemory;

    public void Clear() => _buffer.ResetWrittenCount();

    public void Bytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    public void Byte(byte value) => _buffer.Write([value]);

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.GetSpan(sizeof(uint)), value);
        _buffer.Advance(sizeof(uint));
    }

    public void UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(sizeof(ulong)), value);
        _buffer.Advance(sizeof(ulong));
    }

    /// <summary>Seven bits a byte, the last byte below 128.</summary>
    public void Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        var rest = (ulong)value;
        while (rest >= 128)
        {
            Byte((byte)(rest | 128));
            rest >>= 7;
        }

        Byte((byte)rest);
    }

    public void Real(double value) => UInt64(BitConverter.DoubleToUInt64Bits(value));

    public void Floats(ReadOnlySpan<float> values) => Bytes(MemoryMarshal.AsBytes(values));

    /// <summary>Text as UTF-8, or as UTF-16 where it holds half a surrogate pair, so that every string comes back as it was.</summary>
    public void Text(string value)
    {
        int length;
        try
        {
            length = Strict.GetByteCount(value);
        }
        catch (EncoderFallbackException)
        {
            Number(((long)value.Length << 1) | 1);
            Bytes(MemoryMarshal.AsBytes(value.AsSpan()));
            return;
        }

        Number((long)length << 1);
        Strict.GetBytes(value, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }
}
