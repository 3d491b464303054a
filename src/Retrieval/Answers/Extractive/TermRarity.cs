namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>How telling each word of a question is among the units at hand (the probabilistic idf of BM25).</summary>
internal sealed class TermRarity
{
    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);
    private readonly double _total;

    public TermRarity(IReadOnlyCollection<Candidate> units, HashSet<string> terms)
    {
        foreach (var term in terms)
        {
            var count = units.Count(unit => unit.Terms.Contains(term));
            _weights[term] = Math.Log(1 + ((units.Count - count + .5) / (count + .5)));
            _total += _weights[term];
        }
    }

    /// <summary>The share of the terms, by rarity, that are there.</summary>
    public double Share(HashSet<string> terms, Func<string, bool> isThere) =>
        _total == 0 ? 0 : terms.Where(isThere).Sum(term => _weights[term]) / _total;
}
