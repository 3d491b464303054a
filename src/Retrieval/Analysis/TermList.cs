namespace GenAI.Retrieval.Analysis;

/// <summary>Keeps every term as a string, in text order.</summary>
internal sealed class TermList : ITermSink
{
    private readonly List<string> _terms = [];

    public IReadOnlyList<string> Terms => _terms;

    public void Add(ReadOnlySpan<char> term, bool overlaps) => _terms.Add(term.ToString());
}
