namespace GenAI.Eval;

/// <summary>A run that cannot go on; the message says what to do and is all the user sees.</summary>
internal sealed class EvalException : Exception
{
    public EvalException(string message)
        : base(message)
    {
    }

    public EvalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
