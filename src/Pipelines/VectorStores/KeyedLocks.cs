namespace GenAI.Pipelines.VectorStores;

/// <summary>Makes changes of one file in one store follow each other. A fixed set of locks, so unrelated files may wait for each other too.</summary>
internal sealed class KeyedLocks : IDisposable
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> AcquireAsync(string storeId, string fileId, CancellationToken cancellationToken)
    {
        var gate = _gates[(uint)HashCode.Combine(storeId, fileId) % (uint)_gates.Length];
        await gate.WaitAsync(cancellationToken);
        return new Release(gate);
    }

    public void Dispose() => Array.ForEach(_gates, gate => gate.Dispose());

    private sealed class Release(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
