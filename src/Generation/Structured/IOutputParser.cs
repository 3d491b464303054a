using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured;

/// <summary>Splits a model's raw text stream into answer text, reasoning and tool calls. One instance a generation; not thread safe.</summary>
public interface IOutputParser
{
    /// <summary>Takes the next piece of text and returns what is certain by now; what may still become markup is held back.</summary>
    IReadOnlyList<AIContent> Push(string piece);

    /// <summary>Ends the stream and returns what was held back. A tool call that was cut stays text.</summary>
    IReadOnlyList<AIContent> Complete();
}
