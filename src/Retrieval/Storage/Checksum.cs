using System.Numerics;
using System.Runtime.InteropServices;

namespace GenAI.Retrieval.Storage;

/// <summary>CRC-32C, which the processor computes.</summary>
internal static class Checksum
{
    public const uint Empty = 0;

    public static uint Of(ReadOnlySpan<byte> bytes) => Continue(Empty, bytes);

    /// <summary>The checksum of what <paramref name="checksum"/> stands for followed by <paramref name="bytes"/>.</summary>
    public static uint Continue(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var crc = ~checksum;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
