using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Answers.Generated;

/// <summary>Measures a chat model's context, so that a prompt is packed by its tokens: a script that it knows little takes many.</summary>
/// <param name="Tokens">Tokens that the context holds, prompt and answer together.</param>
/// <param name="Count">Tokens of a text. Safe for concurrent use.</param>
public sealed record ContextMeter(int Tokens, Func<string, int> Count)
{
    /// <summary>A chat template's marks around one message, seldom more.</summary>
    private const int TokensAroundMessage = 16;

    /// <summary>Whether the model thinks aloud before it answers.</summary>
    public bool Reasons { get; init; }

    /// <summary>
    /// Tokens left for passages beside a conversation, with room for an answer: what it may take, at most a fourth of the
    /// context. May be below zero.
    /// </summary>
    internal int RoomBeside(IReadOnlyList<ChatMessage> messages, ChatOptions options, string instruction) =>
        Tokens
        - Math.Min(options.MaxOutputTokens ?? int.MaxValue, Tokens / 4)
        - (TokensAroundMessage * (messages.Count + 1))
        - PromptTexts.Of(messages, options).Append(instruction).Sum(Count);
}
