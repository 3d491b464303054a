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

    /// <summary>Waits until no file is being changed and lets none be until the result is disposed.</summary>
    public async Task<IDisposable> AcquireAllAsync(CancellationToken cancellationToken)
    {
        var held = new Stack<IDisposable>();
        try
        {
            foreach (var gate in _gates)
            {
                await gate.WaitAsync(cancellationToken);
                held.Push(new Release(gate));
            }
        }
        catch
        {
            new ReleaseAll(held).Dispose();
            throw;
        }

        return new ReleaseAll(held);
    }

    public void Dispose() => Array.ForEach(_gates, gate => gate.Dispose());

    private sealed class ReleaseAll(Stack<IDisposable> held) : IDisposable
    {
        public void Dispose()
        {
            foreach (var one in held)
            {
                one.Dispose();
            }
        }
    }

    private sealed class Release(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
