namespace GenAI.Pipelines.Jobs;

/// <summary>A job cannot succeed as it stands; code and message become the job's <see cref="JobError"/>.</summary>
public sealed class JobFailedException : Exception
{
    public JobFailedException(string code, string message)
        : base(message) => Code = code;

    public JobFailedException(string code, string message, Exception innerException)
        : base(message, innerException) => Code = code;

    public string Code { get; }
}
