using System.Globalization;
using System.Net;

namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>
/// Reads what both engines write: the lines <c>&lt;page width= height=&gt;</c> and
/// <c>&lt;word xMin= yMin= xMax= yMax=&gt;text&lt;/word&gt;</c> of <c>pdftotext -bbox</c>; all other lines are skipped.
/// </summary>
internal static class PdfWordReader
{
    private const string WordStart = "<word ";
    private const string PageStart = "<page ";
    private const float MaxCoordinate = 100_000;

    public static List<PdfPage> Read(string path, ParseLimits limits)
    {
        var pages = new List<PdfPage>();
        var characters = 0L;
        Span<float> numbers = stackalloc float[4];
        foreach (var line in File.ReadLines(path))
        {
            var tag = line.AsSpan().TrimStart();
            if (tag.StartsWith(PageStart) && Numbers(tag, numbers[..2]))
            {
                if (pages.Count == limits.MaxPages)
                {
                    throw new ParseException(ParseFailure.TooLarge, $"The PDF has more than {limits.MaxPages} pages; split it, or raise the page limit for files.");
                }

                pages.Add(new PdfPage(numbers[0], numbers[1], []));
            }
            else if (tag.StartsWith(WordStart) && pages.Count > 0 && Numbers(tag, numbers) && Word(tag, numbers) is { Text.Length: > 0 } word)
            {
                characters += word.Text.Length;
                if (characters > limits.MaxTextCharacters)
                {
                    throw TextDecoder.TooMuchText(limits);
                }

                pages[^1].Words.Add(word);
            }
        }

        return pages;
    }

    private static PdfWord Word(ReadOnlySpan<char> tag, ReadOnlySpan<float> box)
    {
        var start = tag.IndexOf('>') + 1;
        var end = tag.LastIndexOf("</word>", StringComparison.Ordinal);
        if (start <= 0 || end <= start || box[2] < box[0] || box[3] <= box[1])
        {
            return default;
        }

        var text = WebUtility.HtmlDecode(tag[start..end].ToString());
        return new PdfWord(box[0], box[1], box[2], box[3], Normalise(TextCleaner.Clean(text)));
    }

    /// <summary>Letters drawn as one glyph become letters again, since nobody searches for them as one; private-use symbols (boxes, logos) go.</summary>
    private static string Normalise(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uE000', '\uFB06') && !text.Contains('\u00A0', StringComparison.Ordinal))
        {
            return text.Trim();
        }

        return string.Concat(text.Select(character => character switch
        {
            '\uFB00' => "ff",
            '\uFB01' => "fi",
            '\uFB02' => "fl",
            '\uFB03' => "ffi",
            '\uFB04' => "ffl",
            '\uFB05' or '\uFB06' => "st",
            '\u00A0' => " ",
            >= '\uE000' and <= '\uF8FF' => string.Empty,
            _ => character.ToString(),
        })).Trim();
    }

    private static bool Numbers(ReadOnlySpan<char> tag, Span<float> numbers)
    {
        for (var index = 0; index < numbers.Length; index++)
        {
            var quote = tag.IndexOf('"');
            var length = quote < 0 ? -1 : tag[(quote + 1)..].IndexOf('"');
            if (length < 0
                || !float.TryParse(tag.Slice(quote + 1, length), NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[index])
                || !(Math.Abs(numbers[index]) < MaxCoordinate))
            {
                return false;
            }

            tag = tag[(quote + length + 2)..];
        }

        return true;
    }
}
