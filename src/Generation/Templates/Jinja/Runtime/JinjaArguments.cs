using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Evaluated arguments of a call, and typed access to them.</summary>
internal sealed record JinjaArguments(IReadOnlyList<JinjaValue> Positional, OrderedDictionary<string, JinjaValue> Keywords)
{
    /// <summary>Splits what a function receives: keyword arguments come last.</summary>
    public static JinjaArguments Split(IReadOnlyList<JinjaValue> arguments) => arguments.Count > 0 && arguments[^1] is JinjaKeywordArguments keywords
        ? new JinjaArguments([.. arguments.Take(arguments.Count - 1)], keywords.Entries)
        : new JinjaArguments(arguments, []);

    public JinjaValue? At(int index) => index < Positional.Count ? Positional[index] : null;

    public JinjaValue? Get(int index, string name) => At(index) ?? Keywords.GetValueOrDefault(name);

    public bool GetBoolean(int index, string name) => Get(index, name) switch
    {
        null => false,
        JinjaBoolean value => value.Value,
        var other => throw new ChatTemplateException($"The chat template passes a {other.Kind} as {name}, which must be a boolean."),
    };

    /// <summary>For a callee: keyword arguments as the last one, when there are any.</summary>
    public IReadOnlyList<JinjaValue> Joined => Keywords.Count == 0 ? Positional : [.. Positional, new JinjaKeywordArguments(Keywords)];
}
