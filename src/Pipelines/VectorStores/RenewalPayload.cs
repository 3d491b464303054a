namespace GenAI.Pipelines.VectorStores;

/// <summary>What a job of the kind <see cref="VectorRenewal.JobKind"/> is to do.</summary>
internal sealed record RenewalPayload(string StoreId);
