using Microsoft.Extensions.AI;

namespace GenAI.Generation.Templates;

/// <summary>Turns a conversation into the prompt text a model was trained on. Safe for concurrent use.</summary>
public interface IChatTemplate
{
    /// <summary>Renders messages and the tools of <paramref name="options"/>, ending with the marker that opens the assistant's turn.</summary>
    /// <exception cref="ChatTemplateException">The template is broken or refuses these messages; the message says why.</exception>
    string Render(IEnumerable<ChatMessage> messages, ChatOptions? options);
}
