namespace GenAI.Generation.Structured.Grammars;

/// <summary>One step of a rule: another rule, or one character of a set.</summary>
/// <param name="Rule">Index of the rule; -1 for a character.</param>
/// <param name="Ranges">Code points of the set, both ends included.</param>
internal readonly record struct GbnfElement(int Rule, (int From, int To)[] Ranges, bool IsNegated)
{
    public bool IsRule => Rule >= 0;

    public static GbnfElement Of(int rule) => new(rule, [], false);

    public static GbnfElement Of((int From, int To)[] ranges, bool isNegated = false) => new(-1, ranges, isNegated);

    public bool Matches(int codePoint) => Array.Exists(Ranges, range => range.From <= codePoint && codePoint <= range.To) != IsNegated;
}
