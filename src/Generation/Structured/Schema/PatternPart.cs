namespace GenAI.Generation.Structured.Schema;

/// <summary>A piece of a pattern as grammar, with the least and the greatest number of characters it matches.</summary>
internal sealed record PatternPart(string Text, int Min, int? Max)
{
    public static PatternPart Empty { get; } = new("", 0, 0);

    public static PatternPart Either(IReadOnlyList<PatternPart> parts) => parts.Count == 1
        ? parts[0] with { Text = parts[0].Text.Length == 0 ? "\"\"" : parts[0].Text }
        : new PatternPart(
            "(" + string.Join(" | ", parts.Select(static p => p.Text.Length == 0 ? "\"\"" : p.Text)) + ")",
            parts.Min(static p => p.Min),
            parts.Any(static p => p.Max is null) ? null : parts.Max(static p => p.Max));

    public PatternPart Then(PatternPart next) => new(
        Text.Length == 0 ? next.Text : next.Text.Length == 0 ? Text : Text + " " + next.Text,
        Add(Min, next.Min),
        Max is { } a && next.Max is { } b ? Add(a, b) : null);

    public PatternPart Times(int min, int? max) => new(
        Gbnf.Repeat($"({(Text.Length == 0 ? "\"\"" : Text)})", min, max),
        (int)Math.Min((long)Min * min, int.MaxValue),
        Max is { } most && max is { } times ? (int)Math.Min((long)most * times, int.MaxValue) : Max == 0 ? 0 : null);

    private static int Add(int a, int b) => (int)Math.Min((long)a + b, int.MaxValue);
}
