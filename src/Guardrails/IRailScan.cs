namespace GenAI.Guardrails;

/// <summary>
/// The check of one text that may arrive in pieces. The findings depend on the text alone, never on how it was cut:
/// a whole text is checked by one push and <see cref="Complete"/>. Not thread safe.
/// </summary>
public interface IRailScan
{
    /// <summary>
    /// UTF-16 units from the start about which no later piece can change anything: every finding that acts (that does
    /// not merely <see cref="RailAction.Pass"/>) and begins before this offset is already in <see cref="Findings"/>.
    /// All of the text once it is complete.
    /// </summary>
    int Settled { get; }

    /// <summary>What was found so far, by rising start. Findings that act are only ever added behind those that act already.</summary>
    IReadOnlyList<RailFinding> Findings { get; }

    /// <summary>Takes the next piece of the text.</summary>
    void Push(ReadOnlySpan<char> piece);

    /// <summary>Says that the text is whole.</summary>
    void Complete();
}
