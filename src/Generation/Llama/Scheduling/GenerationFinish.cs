namespace GenAI.Generation.Llama.Scheduling;

/// <summary>Why a generation ended.</summary>
internal enum GenerationFinish
{
    /// <summary>The model ended its turn, a stop string came, or the grammar was complete.</summary>
    Stop,

    /// <summary>The answer reached its token limit or the context's end, or went round in circles.</summary>
    Length,

    /// <summary>The caller went away.</summary>
    Cancelled,

    /// <summary>The engine failed.</summary>
    Failed,
}
