using System.Text;

namespace GenAI.Retrieval.Analysis;

/// <summary>Lower case without accents, for one UTF-16 unit.</summary>
/// <remarks>
/// The runtime runs without ICU here, where string normalisation does nothing, so the compatibility foldings
/// (accents, ligatures, full-width and Arabic presentation forms) come from folds.txt: each entry is a
/// character followed by what it becomes, taken from Unicode's NFKD without non-spacing marks.
/// </remarks>
internal static class FoldTable
{
    private static readonly Dictionary<char, string> Folds = Load();

    /// <summary>Writes the folded form of <paramref name="unit"/> and returns its length: 0 to 4.</summary>
    public static int Fold(char unit, Span<char> target)
    {
        if (unit < 128)
        {
            target[0] = char.ToLowerInvariant(unit);
            return 1;
        }

        if (Folds.TryGetValue(unit, out var folded))
        {
            folded.CopyTo(target);
            return folded.Length;
        }

        target[0] = char.ToLowerInvariant(unit);
        return 1;
    }

    /// <summary>The unit that decides which script the character belongs to.</summary>
    public static char First(char unit) =>
        unit >= 128 && Folds.TryGetValue(unit, out var folded) && folded.Length > 0 ? folded[0] : unit;

    private static Dictionary<char, string> Load()
    {
        using var stream = typeof(FoldTable).Assembly.GetManifestResourceStream("GenAI.Retrieval.Analysis.folds.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var entries = reader.ReadToEnd().Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return entries.ToDictionary(entry => entry[0], entry => entry[1..]);
    }
}
