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

    private static readonly Dictionary<string, string> Formats = new(StringComparer.Ordinal)
    {
        ["date"] = Date,
        ["time"] = Time,
        ["date-time"] = Date + " \"T\" " + Time,
        ["uuid"] = """[0-9a-fA-F]{8} "-" [0-9a-fA-F]{4} "-" [0-9a-fA-F]{4} "-" [0-9a-fA-F]{4} "-" [0-9a-fA-F]{12}""",
        ["ipv4"] = Octet + " \".\" " + Octet + " \".\" " + Octet + " \".\" " + Octet,
    };

    // Days follow the month; the 29th of February is left to no year, so that every date there exists.
    private const string Date = """[0-9]{4} "-" (("0" [13578] | "1" [02]) "-" ("0" [1-9] | [12] [0-9] | "3" [01]) | ("0" [469] | "11") "-" ("0" [1-9] | [12] [0-9] | "30") | "02-" ("0" [1-9] | "1" [0-9] | "2" [0-8]))""";
    private const string Time = """([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,9})? ("Z" | [+-] ([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9])""";
    private const string Octet = """("25" [0-5] | "2" [0-4] [0-9] | "1" [0-9] [0-9] | [1-9]? [0-9])""";

    public string Char => grammar.Rule("char", $"{Plain} | {Escaped}");

    public static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);

    public string Any() => Text(0, null);

    public string Compile(JsonObject schema, string path)
    {
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

        if (!Formats.TryGetValue(format, out var body))
        {
            throw new UnsupportedSchemaException("format", path, $"names '{format}', which is not supported ({string.Join(", ", Formats.Keys)} are)");
        }

        if (min > 0 || max is not null)
        {
            throw new UnsupportedSchemaException("format", path, "cannot be enforced together with a length");
        }

        return grammar.Rule("format", $"{Quotation} {body} {Quotation}");
    }

    private string Text(int min, int? max, string path = "$") => min > Gbnf.MaxRepetition
        ? throw new UnsupportedSchemaException("minLength", path, $"asks for more than {Gbnf.MaxRepetition} characters")
        : grammar.Rule("string", $"{Quotation} {Gbnf.Repeat(Char, min, max is null ? null : Math.Min(max.Value, Gbnf.MaxRepetition))} {Quotation}");
}
