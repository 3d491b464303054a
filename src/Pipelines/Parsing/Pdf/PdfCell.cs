namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>A run of words without a wide gap.</summary>
internal sealed record PdfCell(float Left, float Right, string Text)
{
    /// <summary>Whether this is a figure as tables have: digits with signs, or the dash for none.</summary>
    public bool IsFigure
    {
        get
        {
            var digits = 0;
            foreach (var character in Text)
            {
                if (char.IsAsciiDigit(character))
                {
                    digits++;
                }
                else if (char.IsLetter(character) && !Text.EndsWith('x') && !Text.EndsWith("bps", StringComparison.Ordinal))
                {
                    return false;
                }
            }

            return digits > 0 || Text is "—" or "–" or "-" or "$ —" or "$—" or "$ -" or "*";
        }
    }

    /// <summary>Whether this is a figure or begins with one, as "4% to 5%" does.</summary>
    public bool StartsWithFigure =>
        IsFigure || (Text.Length <= 40 && (char.IsAsciiDigit(Text[0]) || (Text.Length > 1 && Text[0] is '$' or '€' or '£' or '(' && char.IsAsciiDigit(Text[1]))));

    /// <summary>Whether the figure is a year, which heads columns as often as it fills them.</summary>
    public bool IsYear => Text.Length == 4 && Text[0] is '1' or '2' && Text.All(char.IsAsciiDigit);
}
