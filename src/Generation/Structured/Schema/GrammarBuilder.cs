using System.Globalization;
using System.Text;

namespace GenAI.Generation.Structured.Schema;

/// <summary>Collects named rules of a GBNF grammar; equal bodies share a rule.</summary>
internal sealed class GrammarBuilder(JsonSchemaGrammarOptions options)
{
    private readonly OrderedDictionary<string, string> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private int _chars;

    public JsonSchemaGrammarOptions Options { get; } = options;

    /// <summary>The name of a rule with this body.</summary>
    public string Rule(string prefix, string body)
    {
        if (_names.TryGetValue(body, out var name))
        {
            return name;
        }

        name = Reserve(prefix);
        Define(name, body);
        _names[body] = name;
        return name;
    }

    /// <summary>A name for a rule that refers to itself and is defined later.</summary>
    public string Reserve(string prefix)
    {
        var name = prefix + (_rules.Count == 0 ? "" : "-" + _rules.Count.ToString(CultureInfo.InvariantCulture));
        while (_rules.ContainsKey(name))
        {
            name += "x";
        }

        _rules[name] = "";
        if (_rules.Count > Options.MaxRules)
        {
            throw new UnsupportedSchemaException("(schema)", "$", $"needs more than {Options.MaxRules} rules");
        }

        return name;
    }

    public void Define(string name, string body)
    {
        _rules[name] = body;
        _chars += body.Length;
        if (_chars > Options.MaxGrammarChars)
        {
            throw new UnsupportedSchemaException("(schema)", "$", $"needs more than {Options.MaxGrammarChars} characters of grammar");
        }
    }

    public string Build(string root)
    {
        var text = new StringBuilder("root ::= ").Append(root).Append('\n');
        foreach (var (name, body) in _rules)
        {
            text.Append(name).Append(" ::= ").Append(body).Append('\n');
        }

        return text.ToString();
    }
}
