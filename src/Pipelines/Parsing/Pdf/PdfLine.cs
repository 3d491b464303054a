using System.Text;

namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>Words side by side, from left to right, and the cells that wide gaps cut them into.</summary>
internal sealed class PdfLine
{
    /// <summary>A gap below this share of the letter height is no space: one word in two fonts.</summary>
    private const float JoinedGap = 0.08f;

    /// <summary>A gap above this share of the letter height is wider than justified text has: a new cell.</summary>
    private const float CellGap = 1.1f;

    public PdfLine(IReadOnlyList<PdfWord> words)
    {
        Words = words;
        Left = words[0].Left;
        Right = words.Max(word => word.Right);
        Top = words.Min(word => word.Top);
        Bottom = words.Max(word => word.Bottom);

        // The height of most letters, so that a raised footnote mark does not count.
        Height = words.OrderByDescending(word => word.Text.Length).First().Height;
        Cells = Cut(words, Height);
        Text = string.Join("  ", Cells.Select(cell => cell.Text));
    }

    public IReadOnlyList<PdfWord> Words { get; }

    public float Left { get; }

    public float Right { get; }

    public float Top { get; }

    public float Bottom { get; }

    public float Height { get; }

    public IReadOnlyList<PdfCell> Cells { get; }

    public string Text { get; }

    private static List<PdfCell> Cut(IReadOnlyList<PdfWord> words, float height)
    {
        var cells = new List<PdfCell>();
        var text = new StringBuilder();
        var left = words[0].Left;
        var right = words[0].Left;
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index];
            var gap = word.Left - right;
            var isApart = gap > CellGap * height ? !Belongs(text, word.Text) : gap > JoinedGap * height && OpensAmount(words, index);
            if (text.Length > 0 && isApart)
            {
                cells.Add(new PdfCell(left, right, text.ToString()));
                text.Clear();
                left = word.Left;
            }
            else if (text.Length > 0 && gap > JoinedGap * height)
            {
                text.Append(' ');
            }

            text.Append(word.Text);
            right = Math.Max(right, word.Right);
        }

        cells.Add(new PdfCell(left, right, text.ToString()));
        return cells;
    }

    /// <summary>The currency sign of a column stands close to the column before it, but belongs to the figure after it.</summary>
    private static bool OpensAmount(IReadOnlyList<PdfWord> words, int index) =>
        index > 0 && index + 1 < words.Count
        && words[index].Text is "$" or "€" or "£" or "¥"
        && words[index - 1].Text[^1] is (>= '0' and <= '9') or ')' or '%' or '-' or '–' or '—'
        && (char.IsAsciiDigit(words[index + 1].Text[0]) || words[index + 1].Text[0] is '(' or '-' or '–' or '—');

    /// <summary>A currency sign is set at the left edge of its column, a closing bracket or per cent sign at the right; both belong to the number, as a bullet does to its text.</summary>
    private static bool Belongs(StringBuilder cell, string next) =>
        (cell.Length == 1 && cell[0] is '$' or '€' or '£' or '¥' or '(' or '•' or '●' or '▪' or '◦' or '■') || next is ")" or "%" or ")%";
}
