namespace GenAI.Retrieval.Lexical;

/// <summary>BM25 with exact lengths, as Lucene defines its parts.</summary>
/// <remarks>Source: Robertson, Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).</remarks>
/// <param name="Chunks">Live chunks of the collection.</param>
/// <param name="AverageLength">Mean number of terms in them.</param>
internal readonly record struct Bm25(int Chunks, double AverageLength)
{
    public const double K1 = 1.2;
    public const double B = 0.75;

    /// <summary>How much a term tells that stands in <paramref name="chunkFrequency"/> chunks.</summary>
    public double Idf(int chunkFrequency) => Math.Log(1 + ((Chunks - chunkFrequency + 0.5) / (chunkFrequency + 0.5)));

    /// <summary>What frequency makes of a chunk of a length: below 1, rising with the frequency.</summary>
    public double Saturation(int frequency, int length) => frequency / (frequency + (K1 * (1 - B + (B * length / AverageLength))));
}
