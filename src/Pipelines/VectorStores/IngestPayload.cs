namespace GenAI.Pipelines.VectorStores;

/// <summary>What a job of the kind <see cref="VectorStoreIngestion.JobKind"/> is to do.</summary>
internal sealed record IngestPayload(string StoreId, string FileId);
