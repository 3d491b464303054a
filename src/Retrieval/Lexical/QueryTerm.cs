namespace GenAI.Retrieval.Lexical;

/// <summary>A term of a query.</summary>
/// <param name="Frequency">How often the query holds it; it counts that often.</param>
internal readonly record struct QueryTerm(byte[] Bytes, int Frequency);
