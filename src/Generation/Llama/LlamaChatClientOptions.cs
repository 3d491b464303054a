using GenAI.Generation.Structured;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Llama;

/// <summary>What a <see cref="LlamaChatClient"/> does where a request says nothing.</summary>
public sealed class LlamaChatClientOptions
{
    /// <summary>Temperature when the request names none; 0 takes the likeliest token.</summary>
    public float Temperature { get; set; } = 0.7f;

    public int TopK { get; set; } = 40;

    public float TopP { get; set; } = 0.95f;

    public float MinP { get; set; } = 0.05f;

    public float RepeatPenalty { get; set; } = 1;

    /// <summary>Most tokens of an answer when the request names none; null leaves it to the context.</summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>
    /// Tokens of one block over and over at which an answer ends when the request names no length; 0 for never. Without
    /// it a weak model may repeat a sentence until the context is full.
    /// </summary>
    public int RepetitionLimit { get; set; } = 256;

    /// <summary>Makes the parser for a request's output, or null for plain text; asked once a request.</summary>
    public Func<ChatOptions?, IOutputParser?>? OutputParser { get; set; }

    /// <summary>Hears of every request that ended, cancelled ones too, with what it used. Runs on the request's own flow; must not throw.</summary>
    public Action<LlamaRequestEnd>? RequestEnded { get; set; }
}
