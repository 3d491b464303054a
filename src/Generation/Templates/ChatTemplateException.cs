namespace GenAI.Generation.Templates;

/// <summary>A chat template that cannot be parsed, or that refused the messages (its message may be shown to the caller).</summary>
public sealed class ChatTemplateException : Exception
{
    public ChatTemplateException(string message)
        : base(message)
    {
    }

    public ChatTemplateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
