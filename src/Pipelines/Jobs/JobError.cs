namespace GenAI.Pipelines.Jobs;

/// <summary>Why a job failed, in words that may reach the caller.</summary>
/// <param name="Code">Machine-readable: <c>unsupported_file</c>, <c>invalid_file</c> or <c>server_error</c>.</param>
public sealed record JobError(string Code, string Message);
