using System.Text.Json;
using System.Text.RegularExpressions;
using GenAI.Generation.Templates.Jinja.Runtime;
using GenAI.Generation.Templates.Jinja.Syntax;
using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja;

/// <summary>
/// A parsed Jinja template with the language and the whitespace rules of chat templates. Immutable and safe for concurrent use.
/// Its semantics are those of the npm package @huggingface/jinja 0.5.11, against which it is tested.
/// </summary>
public sealed class JinjaTemplate
{
    private readonly IReadOnlyList<JinjaNode> _body;
    private readonly JinjaLimits _limits;

    private JinjaTemplate(IReadOnlyList<JinjaNode> body, JinjaLimits limits)
    {
        _body = body;
        _limits = limits;
    }

    /// <exception cref="ChatTemplateException">The source is not a template; the message says where.</exception>
    public static JinjaTemplate Parse(string source, JinjaLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        limits ??= JinjaLimits.Default;
        if (source.Length > limits.MaxSourceChars)
        {
            throw new ChatTemplateException($"The chat template has {source.Length} characters; at most {limits.MaxSourceChars} are read.");
        }

        try
        {
            return new JinjaTemplate(JinjaStatementParser.Parse(JinjaLexer.Tokenize(source), limits.MaxDepth), limits);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ChatTemplateException("The chat template cannot be read: its blanks take too long to sort out.", e);
        }
    }

    /// <param name="variables">A JSON object: each of its properties is a variable of the template.</param>
    /// <param name="timeProvider">The clock behind <c>strftime_now</c>, read in its local time zone.</param>
    /// <exception cref="ChatTemplateException">The template refused the variables, failed on them or went over a limit.</exception>
    public string Render(JsonElement variables, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default) =>
        Render((JinjaObject)JinjaJson.From(variables), timeProvider, cancellationToken);

    internal string Render(JinjaObject variables, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        var budget = new RenderBudget(_limits, cancellationToken);
        var scope = JinjaGlobals.CreateScope(budget, timeProvider ?? TimeProvider.System);
        foreach (var (name, value) in variables.Entries)
        {
            scope.Set(name, value);
        }

        try
        {
            return new JinjaInterpreter(budget).RunBlock(_body, scope);
        }
        catch (LoopControlException e)
        {
            throw new ChatTemplateException("The chat template has a break or continue outside of a loop.", e);
        }
    }
}
