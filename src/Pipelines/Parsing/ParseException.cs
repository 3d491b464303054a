namespace GenAI.Pipelines.Parsing;

/// <summary>A file could not be read. The message is written for the person who added the file: what is wrong and what to do.</summary>
public sealed class ParseException : Exception
{
    public ParseException(ParseFailure failure, string message)
        : base(message) => Failure = failure;

    public ParseException(ParseFailure failure, string message, Exception innerException)
        : base(message, innerException) => Failure = failure;

    /// <summary>The kind of failure, for code that decides.</summary>
    public ParseFailure Failure { get; }
}
