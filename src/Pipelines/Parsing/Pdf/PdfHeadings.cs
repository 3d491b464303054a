using System.Text.RegularExpressions;

namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>Tells titles from text by size, by the way sections are numbered, and by capitals.</summary>
internal sealed partial class PdfHeadings
{
    private const int MaxCharacters = 120;
    private const float LargerBy = 1.15f;
    private const int LevelsBySize = 3;

    private readonly float _body;
    private readonly List<float> _sizes;

    public PdfHeadings(IReadOnlyCollection<PdfLine> lines)
    {
        _body = Median(lines);
        _sizes = [.. lines.Where(line => line.Height >= _body * LargerBy && LooksLikeTitle(line.Text))
            .Select(line => Round(line.Height)).Distinct().OrderDescending()];
    }

    /// <summary>1 is the outermost level; 0 for text.</summary>
    public int LevelOf(PdfLine line)
    {
        if (line.Cells.Count > 2 || !LooksLikeTitle(line.Text))
        {
            return 0;
        }

        if (line.Height >= _body * LargerBy)
        {
            return Math.Min(LevelsBySize, _sizes.IndexOf(Round(line.Height)) + 1);
        }

        if (NumberedSection().Match(line.Text) is { Success: true } section)
        {
            return LevelsBySize + (section.Value.StartsWith("part", StringComparison.OrdinalIgnoreCase) ? 1 : 2);
        }

        var letters = line.Text.Count(char.IsLetter);
        return letters >= 8 && line.Text.Contains(' ', StringComparison.Ordinal) && !line.Text.Any(char.IsLower) ? LevelsBySize + 3 : 0;
    }

    private static bool LooksLikeTitle(string text) =>
        text.Length is >= 3 and <= MaxCharacters
        && text.Count(char.IsLetter) >= Math.Max(3, text.Length / 2)
        && (text[^1] is not ('.' or ',' or ';' or '-') || (text[^1] == '.' && NumberedSection().IsMatch(text)))
        && (char.IsUpper(text[0]) || char.IsDigit(text[0]) || text[0] is '“' or '"' or '(');

    private static float Round(float height) => MathF.Round(height * 2) / 2;

    /// <summary>The height that half of all characters do not exceed.</summary>
    private static float Median(IReadOnlyCollection<PdfLine> lines)
    {
        var half = lines.Sum(line => (long)line.Text.Length) / 2;
        foreach (var line in lines.OrderBy(line => line.Height))
        {
            half -= line.Text.Length;
            if (half <= 0)
            {
                return line.Height;
            }
        }

        return 1;
    }

    [GeneratedRegex(@"^(part|item|section|chapter|note|article|appendix|annex|exhibit)\s+([0-9]{1,3}[a-z]?|[ivx]{1,5})\b[\s.:—–-]*(\p{Lu}.*)?$", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberedSection();
}
