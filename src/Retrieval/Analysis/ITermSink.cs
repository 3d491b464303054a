namespace GenAI.Retrieval.Analysis;

/// <summary>Takes the terms of a text one by one.</summary>
public interface ITermSink
{
    /// <param name="term">Valid only during the call.</param>
    /// <param name="overlaps">True for a further form of a term already given (a part, a prefix): it can be found but does not make the text longer.</param>
    void Add(ReadOnlySpan<char> term, bool overlaps);
}
