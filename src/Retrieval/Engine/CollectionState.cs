namespace GenAI.Retrieval.Engine;

/// <summary>Holds the current snapshot. Readers take it without waiting; changes are made one after the other.</summary>
internal sealed class CollectionState(Snapshot snapshot)
{
    private readonly Lock _gate = new();
    private volatile Snapshot _current = snapshot;

    public Snapshot Current => _current;

    /// <summary>Replaces the snapshot by one made from it and returns the new one.</summary>
    public Snapshot Change(Func<Snapshot, Snapshot> change)
    {
        lock (_gate)
        {
            return _current = change(_current);
        }
    }
}
