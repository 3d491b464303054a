namespace GenAI.Pipelines.Jobs;

/// <summary>Where an ingestion job stands, in order.</summary>
public enum JobStage
{
    Queued,
    Reading,
    Parsing,
    Chunking,
    Embedding,
    Committing,
    Done,
}
