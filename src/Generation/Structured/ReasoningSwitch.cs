using GenAI.Generation.Templates;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured;

/// <summary>Knows whether a model's prompt ends inside of its reasoning. Safe for concurrent use.</summary>
internal sealed class ReasoningSwitch
{
    private readonly JinjaChatTemplate? _template;

    public ReasoningSwitch(string templateSource)
    {
        Reasons = ToolCallFormats.Reasons(templateSource);
        _template = Reasons ? TryParse(templateSource) : null;
    }

    public bool Reasons { get; }

    /// <summary>Some templates open the reasoning in the prompt, so that the answer begins inside of it.</summary>
    public bool IsOpened(ChatOptions? options)
    {
        try
        {
            return _template?.Render([new ChatMessage(ChatRole.User, "Hi")], options).TrimEnd().EndsWith("<think>", StringComparison.Ordinal) == true;
        }
        catch (ChatTemplateException)
        {
            return false;
        }
    }

    private static JinjaChatTemplate? TryParse(string source)
    {
        try
        {
            return new JinjaChatTemplate(source);
        }
        catch (ChatTemplateException)
        {
            return null;
        }
    }
}
