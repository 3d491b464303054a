namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>How telling each word of a question is among the units at hand (the probabilistic idf of BM25).</summary>
internal sealed class TermRarity
{
    /// <summary>
    /// Imagined units that hold none of the words: among the five sentences of one passage, that a word stands in three of
    /// them says little about how telling it is.
    /// </summary>
    private const int Background = 30;

    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);
    private readonly double _total;

    public TermRarity(IReadOnlyCollection<Candidate> units, HashSet<string> terms)
    {
        foreach (var term in terms)
        {
            var count = units.Count(unit => unit.Terms.Contains(term));
            _weights[term] = Math.Log(1 + ((units.Count + Background - count + .5) / (count + .5)));
            _total += _weights[term];
        }
    }

    /// <summary>The share of the terms, by rarity, that are there.</summary>
    public double Share(HashSet<string> terms, Func<string, bool> isThere) =>
        _total == 0 ? 0 : terms.Where(isThere).Sum(term => _weights[term]) / _total;
}
