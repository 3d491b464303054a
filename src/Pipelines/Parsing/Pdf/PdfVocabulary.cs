namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>The words of the document itself decide whether a hyphen at a line end belongs to the word.</summary>
internal sealed class PdfVocabulary(IEnumerable<PdfPage> pages)
{
    private readonly HashSet<string> _words = [.. pages.SelectMany(page => page.Words).Select(word => Bare(word.Text))];

    /// <summary>Joins the last line's end with the next line's start; with a space unless a word was broken.</summary>
    public (bool Glue, bool DropHyphen) Join(string line, string next)
    {
        if (line.Length < 2 || !line.EndsWith('-') || !char.IsLetter(line[^2]))
        {
            return (line.EndsWith('-') && line.Length > 1 && char.IsLetterOrDigit(line[^2]), false);
        }

        var start = line.LastIndexOf(' ') + 1;
        var end = next.IndexOf(' ', StringComparison.Ordinal);
        var tail = end < 0 ? next : next[..end];
        if (tail.Length == 0 || !char.IsLower(tail[0]))
        {
            return (true, false);
        }

        var whole = Bare(line[start..^1] + tail);
        var hyphened = Bare(line[start..] + tail);
        return (true, _words.Contains(whole) || !_words.Contains(hyphened));
    }

    private static string Bare(string word) =>
        word.Trim('.', ',', ';', ':', '(', ')', '"', '“', '”', '’', '!', '?').ToUpperInvariant();
}
