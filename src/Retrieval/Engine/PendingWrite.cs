namespace GenAI.Retrieval.Engine;

/// <summary>A change on its way into the log.</summary>
/// <param name="payload">The log record, or empty for a rotation of the log.</param>
/// <param name="apply">Makes the next snapshot once the record is durable, and says how many documents it touched.</param>
internal sealed class PendingWrite(ReadOnlyMemory<byte> payload, Func<Snapshot, (Snapshot Next, int Count)> apply)
{
    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public Func<Snapshot, (Snapshot Next, int Count)> Apply { get; } = apply;

    // The writer must not run the continuations of those who wait for it.
    public TaskCompletionSource<int> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
