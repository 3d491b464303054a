namespace GenAI.Pipelines.Jobs;

/// <summary>Where a job stands, in order.</summary>
public enum JobStage
{
    Queued,
    Reading,
    Parsing,
    Chunking,

    /// <summary>The passages are being committed, to be found by their words from then on.</summary>
    Indexing,

    /// <summary>The file can be asked by its words; its vectors are being made, or wait for their turn.</summary>
    Embedding,
    Committing,
    Done,
}
