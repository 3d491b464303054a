using System.Globalization;
using System.Numerics;

namespace GenAI.Pipelines.Ingestion;

/// <summary>Tells another embedding model from the one before where both have the same name: by what each makes of a fixed text.</summary>
/// <remarks>
/// The signs of the vector's first numbers, as in random-hyperplane hashing (Charikar, "Similarity estimation techniques from
/// rounding algorithms", STOC 2002). Other processors and quantisations of one model flip a few at most; two models differ
/// in about half.
/// </remarks>
internal static class ModelFingerprint
{
    private const string Probe = "The night train to Lisbon carried oranges, a violin, nine letters and the minutes of last year's meeting.";
    private const int MostBits = 64;

    /// <summary>An eighth of the bits, far from the half of two models and from the few of one.</summary>
    private const int ShareThatMayFlip = 8;

    /// <returns>Sixteen hexadecimal digits.</returns>
    public static async Task<string> OfAsync(EmbeddingModel model, CancellationToken cancellationToken)
    {
        var vector = await ChunkEmbedder.EmbedQueryAsync(model, Probe, cancellationToken);
        var bits = 0UL;
        for (var i = 0; i < Math.Min(MostBits, vector.Length); i++)
        {
            bits |= vector.Span[i] > 0 ? 1UL << i : 0;
        }

        return bits.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether two models of the same name and length of vectors are two all the same; false where one left no fingerprint.</summary>
    public static bool IsOther(string before, string now, int dimensions) =>
        before.Length > 0 && now.Length > 0
        && BitOperations.PopCount(Bits(before) ^ Bits(now)) > Math.Min(MostBits, dimensions) / ShareThatMayFlip;

    private static ulong Bits(string fingerprint) => ulong.Parse(fingerprint, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
