using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>What one streamed choice has said so far. Not thread safe.</summary>
internal sealed class ChoiceState
{
    public List<CitationAnnotation> Citations { get; } = [];

    public ChatFinishReason? Finish { get; set; }

    public int ToolCalls { get; set; }

    public bool Refused { get; set; }

    public bool Ended { get; set; }

    public UsageDetails? Usage { get; set; }

    /// <summary>The first half of a surrogate pair that the last piece ended with.</summary>
    public char? HeldSurrogate { get; private set; }

    /// <summary>Joins a piece with a held half character, and holds the half it may end with.</summary>
    public string Join(string piece)
    {
        if (HeldSurrogate is { } high)
        {
            piece = high + piece;
            HeldSurrogate = null;
        }

        if (piece.Length > 0 && char.IsHighSurrogate(piece[^1]))
        {
            HeldSurrogate = piece[^1];
            piece = piece[..^1];
        }

        return piece;
    }
}
