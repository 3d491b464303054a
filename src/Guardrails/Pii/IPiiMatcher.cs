using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

/// <summary>Recognises one kind of value at one place. Reads the text only by <see cref="CanonicalText.Peek"/>.</summary>
internal interface IPiiMatcher
{
    PiiKind Kind { get; }

    /// <summary>The end (exclusive) of a value that begins at the position, or -1.</summary>
    int Match(CanonicalText text, int start);
}
