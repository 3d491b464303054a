namespace GenAI.Pipelines.Jobs;

/// <summary>A job has come to the end of a step and goes back to the queue to go on from there, also after a restart.</summary>
/// <param name="Step">Where it goes on, from 0. Jobs of a lower step go first, so short early steps of all jobs come before long late ones.</param>
/// <param name="Progress">What it says of itself while it waits.</param>
public sealed record JobPause(int Step, JobProgress Progress);
