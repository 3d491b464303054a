namespace GenAI.Generation.Llama.Scheduling;

/// <summary>What an engine has done. Written by the owner thread, read by any.</summary>
internal sealed class EngineCounters
{
    private long _prompt;
    private long _cached;
    private long _generated;
    private long _finished;
    private long _cancelled;
    private int _running;

    public long PromptTokens => Volatile.Read(ref _prompt);

    public long CachedTokens => Volatile.Read(ref _cached);

    public long GeneratedTokens => Volatile.Read(ref _generated);

    public long FinishedRequests => Volatile.Read(ref _finished);

    public long CancelledRequests => Volatile.Read(ref _cancelled);

    public int Running
    {
        get => Volatile.Read(ref _running);
        set => Volatile.Write(ref _running, value);
    }

    public void AddPrompt(int tokens) => Interlocked.Add(ref _prompt, tokens);

    public void AddCached(int tokens) => Interlocked.Add(ref _cached, tokens);

    public void AddGenerated() => Interlocked.Increment(ref _generated);

    public void AddFinished(bool cancelled)
    {
        if (cancelled)
        {
            Interlocked.Increment(ref _cancelled);
        }
        else
        {
            Interlocked.Increment(ref _finished);
        }
    }
}
