using GenAI.Generation.Templates.Jinja;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Templates;

/// <summary>
/// A model's own chat template, as found in its file. Immutable and safe for concurrent use. The prompt holds the text of special tokens
/// (the beginning-of-text token too, where the template writes it), so it is tokenised with special tokens parsed and none added twice.
/// </summary>
public sealed class JinjaChatTemplate : IChatTemplate
{
    private readonly JinjaTemplate _template;
    private readonly ChatTemplateOptions _options;
    private readonly ChatTemplateVariables _variables;

    /// <exception cref="ChatTemplateException">The source cannot be parsed; the message says where.</exception>
    public JinjaChatTemplate(string source, ChatTemplateOptions? options = null)
    {
        _template = JinjaTemplate.Parse(source);
        _options = options ?? new ChatTemplateOptions();
        Source = source;
        _variables = new ChatTemplateVariables(MessageShapeProbe.Find(_template, source, _options), _options);
    }

    public JinjaChatTemplate(string source, string bosToken, string eosToken, TimeProvider? timeProvider = null)
        : this(source, new ChatTemplateOptions { BosToken = bosToken, EosToken = eosToken, TimeProvider = timeProvider ?? TimeProvider.System })
    {
    }

    /// <summary>The template's text.</summary>
    public string Source { get; }

    /// <inheritdoc />
    public string Render(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _template.Render(_variables.Build(messages, options), _options.TimeProvider);
    }
}
