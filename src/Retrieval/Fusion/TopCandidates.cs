namespace GenAI.Retrieval.Fusion;

/// <summary>Keeps the best few of many candidates. Not thread-safe.</summary>
internal sealed class TopCandidates(int size)
{
    // The worst candidate kept is at the front, as the queue serves the least first.
    private readonly PriorityQueue<Candidate, Candidate> _kept =
        new(Comparer<Candidate>.Create((left, right) => right.CompareTo(left)));

    /// <summary>Scores below this cannot enter any more; an equal one may.</summary>
    public double Threshold { get; private set; } = double.NegativeInfinity;

    public void Offer(Candidate candidate)
    {
        if (_kept.Count < size)
        {
            _kept.Enqueue(candidate, candidate);
        }
        else
        {
            _kept.EnqueueDequeue(candidate, candidate);
        }

        if (_kept.Count == size)
        {
            Threshold = _kept.Peek().Score;
        }
    }

    /// <summary>The candidates kept, best first.</summary>
    public IReadOnlyList<Candidate> Best() => [.. _kept.UnorderedItems.Select(item => item.Element).Order()];
}
