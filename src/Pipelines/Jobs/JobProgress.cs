namespace GenAI.Pipelines.Jobs;

/// <summary>What a running job says of itself.</summary>
public sealed record JobProgress(JobStage Stage, double Progress, long ItemsDone, long ItemsTotal);
