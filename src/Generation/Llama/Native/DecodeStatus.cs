namespace GenAI.Generation.Llama.Native;

/// <summary>What <c>llama_decode</c> answered. Other negative values are failures too.</summary>
internal enum DecodeStatus
{
    Done = 0,

    /// <summary>No room in the cache; nothing was changed.</summary>
    NoSlot = 1,

    /// <summary>The abort callback stopped it; whole micro-batches before that remain in the cache.</summary>
    Aborted = 2,

    InvalidBatch = -1,
    AllocationFailed = -2,
    ComputeFailed = -3,
}
