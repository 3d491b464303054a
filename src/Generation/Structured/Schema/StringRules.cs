using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GenAI.Generation.Structured.Schema;

/// <summary>Strings: lengths, patterns and formats.</summary>
internal sealed class StringRules(GrammarBuilder grammar)
{
    private const string Quotation = "\"\\\"\"";
    private const string Plain = """[^"\\\x00-\x1F\x7F]""";

    // A half of a surrogate pair would count as a character of its own, and may stand alone; models write the character itself.
    private const string Escaped = """("\\" (["\\/bfnrt] | "u" ([0-9a-cefA-CEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2})))""";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Char => grammar.Rule("char", $"{Plain} | {Escaped}");

    public static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);

    public string Any() => Text(0, null);

    /// <param name="excluded">Texts that it may not be.</param>
    public string Compile(JsonObject schema, IReadOnlyList<string> excluded, string path)
    {
        if (excluded.Count > 0)
        {
            return schema.All(keyword => keyword.Key == "type" || SchemaKeywords.TypeFor(keyword.Key) != "string")
                ? new KeyExclusionRules(grammar).Compile(excluded)
                : throw new UnsupportedSchemaException("not", path, "cannot be enforced together with other demands on a text");
        }

        var min = SchemaKeywords.Count(schema, "minLength", path) ?? 0;
        var max = SchemaKeywords.Count(schema, "maxLength", path);
        if (max < min)
        {
            throw new UnsupportedSchemaException("minLength", path, "is more than the maximum");
        }

        var pattern = schema["pattern"]?.ToString();
        var format = schema["format"]?.ToString();
        if (pattern is not null && format is not null)
        {
            throw new UnsupportedSchemaException("pattern", path, "cannot be enforced together with a format");
        }

        if (pattern is not null)
        {
            return grammar.Rule("pattern", $"{Quotation} {new PatternCompiler(this, pattern, path).Compile(min, max)} {Quotation}");
        }

        if (format is null)
        {
            return Text(min, max, path);
        }

        var body = StringFormats.Find(format)
            ?? throw new UnsupportedSchemaException("format", path, $"names '{format}', which is not supported ({string.Join(", ", StringFormats.Names)} are)");
        if (body.Min < min || (max is not null && !(body.Max <= max)))
        {
            throw new UnsupportedSchemaException("format", path, "cannot be enforced together with a length that it does not keep by itself");
        }

        return grammar.Rule("format", $"{Quotation} {body.Text} {Quotation}");
    }

    private string Text(int min, int? max, string path = "$") => min > Gbnf.MaxRepetition
        ? throw new UnsupportedSchemaException("minLength", path, $"asks for more than {Gbnf.MaxRepetition} characters")
        : grammar.Rule("string", $"{Quotation} {Gbnf.Repeat(Char, min, max is null ? null : Math.Min(max.Value, Gbnf.MaxRepetition))} {Quotation}");
}
