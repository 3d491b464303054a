using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace GenAI.Pipelines.Parsing.Docx;

/// <summary>Which paragraph styles are headings, followed through the styles they are based on; style ids are translated, names are not.</summary>
internal sealed class DocxStyles
{
    private const int MaxInheritance = 16;

    private readonly Dictionary<string, Style> _styles = new(StringComparer.Ordinal);

    public static DocxStyles Read(MainDocumentPart main)
    {
        var styles = new DocxStyles();
        foreach (var style in main.StyleDefinitionsPart?.Styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id)
            {
                styles._styles[id] = style;
            }
        }

        return styles;
    }

    /// <summary>1 to 9 for a heading, 0 for text. The outline level 9 means body text in the format.</summary>
    public int HeadingLevel(Paragraph paragraph)
    {
        var own = paragraph.ParagraphProperties?.OutlineLevel?.Val?.Value;
        if (own is not null)
        {
            return own < 9 ? own.Value + 1 : 0;
        }

        var id = paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value;
        for (var step = 0; step < MaxInheritance && id is not null; step++)
        {
            if (!_styles.TryGetValue(id, out var style))
            {
                return LevelByName(id);
            }

            if (LevelByName(style.StyleName?.Val?.Value) is > 0 and var named)
            {
                return named;
            }

            if (style.StyleParagraphProperties?.OutlineLevel?.Val?.Value is { } level)
            {
                return level < 9 ? level + 1 : 0;
            }

            id = style.BasedOn?.Val?.Value;
        }

        return 0;
    }

    private static int LevelByName(string? name)
    {
        if (string.Equals(name, "title", StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        return name is not null
            && name.StartsWith("heading", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(name.AsSpan(7).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            && level is >= 1 and <= 9
                ? level
                : 0;
    }
}
