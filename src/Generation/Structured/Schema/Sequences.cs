namespace GenAI.Generation.Structured.Schema;

/// <summary>Items between commas, of a bounded number.</summary>
internal static class Sequences
{
    public static string Of(GrammarBuilder grammar, string item, int min, int? max, string keyword, string path)
    {
        if (min > Gbnf.MaxRepetition || max < min)
        {
            throw new UnsupportedSchemaException(keyword, path, max < min ? "is more than the maximum" : $"asks for more than {Gbnf.MaxRepetition}");
        }

        if (max is 0)
        {
            return "\"\"";
        }

        var most = max is null ? (int?)null : Math.Min(max.Value, Gbnf.MaxRepetition) - 1;
        var next = grammar.Rule("next", $"\",\" {Gbnf.Blank} {item}");
        var items = most == 0 ? item : $"{item} {Gbnf.Repeat(next, Math.Max(min - 1, 0), most)}";
        return grammar.Rule("items", min == 0 ? $"({items})?" : items);
    }
}
