namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Orders keys without regard to case first and lower case before upper on a tie, which is how a root locale sorts ASCII names.</summary>
internal sealed class JinjaKeyComparer : IComparer<string>
{
    public static readonly JinjaKeyComparer Instance = new();

    public int Compare(string? x, string? y)
    {
        var result = CompareLevel(x ?? "", y ?? "", char.ToLowerInvariant);
        return result != 0 ? result : -string.CompareOrdinal(x, y);
    }

    private static int CompareLevel(string x, string y, Func<char, char> fold)
    {
        for (var i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            var (a, b) = (fold(x[i]), fold(y[i]));
            if (a != b)
            {
                // Punctuation sorts before digits, and digits before letters.
                var rank = Rank(a) - Rank(b);
                return rank != 0 ? rank : a - b;
            }
        }

        return x.Length - y.Length;
    }

    private static int Rank(char c) => char.IsLetter(c) ? 2 : char.IsDigit(c) ? 1 : 0;
}
