namespace GenAI.Generation.Structured.Schema;

/// <summary>
/// Keys that are none of a list: a walk down the tree of the listed names that leaves it at some character, or stops where none ends.
/// Names that need an escape in JSON make the same key writable in several ways, so for keys no escapes are allowed at all.
/// </summary>
internal sealed class KeyExclusionRules(GrammarBuilder grammar)
{
    private const string Free = """[^"\\\x00-\x1F\x7F]""";

    public string Compile(IReadOnlyList<string> names)
    {
        var inner = Level([.. names.Where(static n => n.All(static c => c is not ('"' or '\\') && c >= ' ' && c != '\x7f')).Select(static n => n.EnumerateRunes().Select(static r => r.Value).ToArray())], 0);
        return grammar.Rule("key", $"\"\\\"\" {inner} \"\\\"\"");
    }

    private string Level(List<int[]> names, int depth)
    {
        var groups = names.Where(n => n.Length > depth).GroupBy(n => n[depth]).ToList();
        if (groups.Count == 0)
        {
            // A listed name ends here: at least one more character makes it another.
            return $"{Free}+";
        }

        var endsHere = names.Exists(n => n.Length == depth);
        var others = string.Concat(groups.Select(static g => Gbnf.InClass(g.Key)));
        var alternatives = groups
            .Select(g => $"[{Gbnf.InClass(g.Key)}] {Level([.. g], depth + 1)}")
            .Append($"[^\"\\\\\\x00-\\x1F\\x7F{others}] {Free}*");
        var body = string.Join(" | ", alternatives);
        return grammar.Rule("not", endsHere ? body : $"({body})?");
    }
}
