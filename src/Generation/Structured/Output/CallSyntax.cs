namespace GenAI.Generation.Structured.Output;

/// <summary>
/// One way of writing tool calls. A reading may depend only on the characters up to its end: then it is the same however the stream was cut.
/// </summary>
internal abstract class CallSyntax
{
    /// <summary>The marker that opens it.</summary>
    public abstract string Opening { get; }

    /// <summary>Whether the marker counts only where no text stands before it.</summary>
    public virtual bool OnlyAtStart => false;

    /// <summary>Characters besides blanks that may stand between one call and the next.</summary>
    public virtual string Separators => "";

    /// <summary>Reads what follows the marker, or returns null while it cannot be told.</summary>
    public abstract CallReading? Read(string body);

    /// <summary>Reads what follows the marker when nothing more will come: complete calls whose closing marker is missing still count.</summary>
    public virtual CallReading? ReadLast(string body) => null;
}
