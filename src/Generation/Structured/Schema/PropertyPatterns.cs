using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GenAI.Generation.Structured.Schema;

/// <summary>
/// <c>patternProperties</c>: further keys, each by a pattern with its schema. A key that two patterns match, or a
/// pattern and a listed name, would have to satisfy both; where that cannot be ruled out, the schema is refused.
/// </summary>
internal sealed class PropertyPatterns
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly List<(string Pattern, JsonNode? Schema)> _patterns;
    private readonly string _path;

    /// <param name="listed">Names of <c>properties</c>.</param>
    public PropertyPatterns(JsonObject schema, IEnumerable<string> listed, string path)
    {
        _path = path;
        _patterns = schema["patternProperties"] switch
        {
            null => [],
            JsonObject map => [.. map.Select(static pair => (pair.Key, pair.Value))],
            _ => throw Unsupported("is not an object"),
        };
        if (_patterns.Count == 0)
        {
            return;
        }

        if (schema["additionalProperties"] is not null and var rest && !(rest is JsonValue value && value.TryGetValue<bool>(out var open) && !open))
        {
            throw Unsupported("cannot be enforced together with other additional properties");
        }

        foreach (var name in listed)
        {
            if (SchemaOf(name, out _))
            {
                throw Unsupported($"cannot be enforced for '{name}', which is listed too");
            }
        }

        RequireApart();
    }

    public bool Any => _patterns.Count > 0;

    /// <summary>Whether a key matches one of the patterns, and what its value must be then.</summary>
    public bool SchemaOf(string name, out JsonNode? schema)
    {
        foreach (var (pattern, value) in _patterns)
        {
            if (Matches(pattern, name))
            {
                schema = value;
                return true;
            }
        }

        schema = null;
        return false;
    }

    /// <summary>The rule of one such property.</summary>
    public string Compile(SchemaCompiler compiler, GrammarBuilder grammar, StringRules strings)
    {
        var pairs = _patterns.Select(one =>
        {
            var key = new PatternCompiler(strings, one.Pattern, $"{_path}.patternProperties").Compile(0, null);
            return $"\"\\\"\" {key} \"\\\"\" {Gbnf.Blank} \":\" {Gbnf.Blank} {compiler.Compile(one.Schema, $"{_path}.patternProperties[{one.Pattern}]")}";
        });
        return grammar.Rule("extra", Gbnf.AnyOf([.. pairs]));
    }

    private void RequireApart()
    {
        for (var i = 0; i < _patterns.Count; i++)
        {
            for (var j = i + 1; j < _patterns.Count; j++)
            {
                var (a, b) = (Prefix(_patterns[i].Pattern), Prefix(_patterns[j].Pattern));
                if (!JsonNode.DeepEquals(_patterns[i].Schema, _patterns[j].Schema) && (a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal)))
                {
                    throw Unsupported("has patterns that one key may match together; let them begin with different letters, as in ^a_ and ^b_");
                }
            }
        }
    }

    /// <summary>Letters with which every match begins.</summary>
    private static string Prefix(string pattern)
    {
        if (!pattern.StartsWith('^') || pattern.Contains('|', StringComparison.Ordinal))
        {
            return "";
        }

        var length = pattern.Skip(1).TakeWhile(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ' ' or '/' or ':').Count();
        var isRepeated = length + 1 < pattern.Length && pattern[length + 1] is ('*' or '?' or '+' or '{');
        return pattern.Substring(1, Math.Max(0, isRepeated ? length - 1 : length));
    }

    private bool Matches(string pattern, string name)
    {
        try
        {
            return Regex.IsMatch(name, pattern, RegexOptions.ECMAScript, s_patience);
        }
        catch (ArgumentException)
        {
            throw Unsupported($"has the pattern '{pattern}', which is none");
        }
        catch (RegexMatchTimeoutException)
        {
            throw Unsupported($"has the pattern '{pattern}', which takes too long to match");
        }
    }

    private UnsupportedSchemaException Unsupported(string reason) => new("patternProperties", _path, reason);
}
