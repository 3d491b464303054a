using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>A checked <c>/v1/chat/completions</c> request in the vocabulary of the chain.</summary>
internal sealed record ChatRequest
{
    /// <summary>The name the caller used, which the answer repeats.</summary>
    public required string Model { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public required ChatOptions Options { get; init; }

    /// <summary>Number of answers.</summary>
    public int Choices { get; init; } = 1;

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    /// <summary>True when the caller asked for token log-probabilities.</summary>
    public bool LogProbs { get; init; }

    /// <summary>Null when no documents are asked for.</summary>
    public DocumentRequest? Documents { get; init; }
}
