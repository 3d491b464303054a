using System.IO.Compression;
using System.Text;

namespace GenAI.Pipelines.Parsing;

/// <summary>Decides by the first bytes, then by the name: what the bytes prove outranks what the name says.</summary>
internal static class FormatDetector
{
    private const int HeadBytes = 4096;

    private static readonly Dictionary<string, FileFormat> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = FileFormat.Markdown,
        [".markdown"] = FileFormat.Markdown,
        [".mdx"] = FileFormat.Markdown,
        [".html"] = FileFormat.Html,
        [".htm"] = FileFormat.Html,
        [".xhtml"] = FileFormat.Html,
        [".csv"] = FileFormat.Csv,
        [".tsv"] = FileFormat.Csv,
        [".json"] = FileFormat.Json,
        [".jsonl"] = FileFormat.JsonLines,
        [".ndjson"] = FileFormat.JsonLines,
        [".rst"] = FileFormat.ReStructuredText,
        [".docx"] = FileFormat.Docx,
        [".pdf"] = FileFormat.Pdf,
    };

    /// <summary>Names that are binary whatever their first bytes look like; each has a way out that the message gives.</summary>
    private static readonly Dictionary<string, string> Unreadable = new(StringComparer.OrdinalIgnoreCase)
    {
        [".doc"] = "save it as .docx or PDF",
        [".xls"] = "save the sheets as .csv",
        [".xlsx"] = "save the sheets as .csv",
        [".ppt"] = "save it as PDF",
        [".pptx"] = "save it as PDF",
        [".odt"] = "save it as .docx or PDF",
        [".rtf"] = "save it as .docx or PDF",
        [".epub"] = "convert it to HTML or PDF",
    };

    public static FileFormat Detect(string path, string fileName)
    {
        var head = ReadHead(path);
        if (head.Length == 0)
        {
            throw new ParseException(ParseFailure.Empty, "The file is empty; add it again once it has content.");
        }

        var extension = Path.GetExtension(fileName);
        var proven = Proven(head, path, extension);
        if (proven is not null)
        {
            return proven.Value;
        }

        if (Unreadable.TryGetValue(extension, out var advice))
        {
            throw new ParseException(ParseFailure.Unsupported, $"{extension} files are not read; {advice} and add that instead.");
        }

        var named = ByExtension.GetValueOrDefault(extension, FileFormat.Text);
        if (named is FileFormat.Pdf or FileFormat.Docx)
        {
            var found = LooksLikeHtml(head) ? "a web page (often a failed download)" : LooksBinary(head) ? "something else" : "plain text";
            throw new ParseException(
                ParseFailure.WrongFormat,
                $"The name ends in {extension}, but the content is {found}. Fetch the original again, or give it the ending of what it is.");
        }

        if (LooksBinary(head))
        {
            throw new ParseException(
                ParseFailure.Unsupported,
                "The content is binary and of no kind that is read; supported are .md, .txt, .html, .pdf, .docx, .csv, .json and other plain text.");
        }

        return named == FileFormat.Text && LooksLikeHtml(head) ? FileFormat.Html : named;
    }

    private static FileFormat? Proven(ReadOnlySpan<byte> head, string path, string extension)
    {
        // The PDF specification lets readers accept the marker anywhere in the first 1024 bytes.
        if (head[..Math.Min(head.Length, 1024)].IndexOf("%PDF-"u8) is >= 0 and var at && (at == 0 || LooksBinary(head) || extension.Equals(".pdf", StringComparison.OrdinalIgnoreCase)))
        {
            return FileFormat.Pdf;
        }

        if (head.StartsWith("PK\x3\x4"u8) || head.StartsWith("PK\x5\x6"u8))
        {
            return ZipKind(path, extension);
        }

        ReadOnlySpan<byte> compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        if (head.StartsWith(compound))
        {
            throw extension.Equals(".docx", StringComparison.OrdinalIgnoreCase)
                ? new ParseException(ParseFailure.Encrypted, "The document is protected by a password or is an old .doc under a new name; save it as .docx without a password and add that.")
                : new ParseException(ParseFailure.Unsupported, "This is an old Office file (before 2007); save it as .docx, .csv or PDF and add that.");
        }

        return null;
    }

    private static FileFormat ZipKind(string path, string extension)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            if (archive.GetEntry("word/document.xml") is not null)
            {
                return FileFormat.Docx;
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new ParseException(ParseFailure.Malformed, "The file is a damaged archive (cut short or changed on the way); copy or download it again.", broken);
        }

        throw Unreadable.TryGetValue(extension, out var advice)
            ? new ParseException(ParseFailure.Unsupported, $"{extension} files are not read; {advice} and add that instead.")
            : new ParseException(ParseFailure.Unsupported, "The content is an archive without a Word document; unpack it and add the files in it.");
    }

    private static byte[] ReadHead(string path)
    {
        using var stream = File.OpenRead(path);
        var head = new byte[HeadBytes];
        return head[..stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
    }

    private static bool LooksLikeHtml(ReadOnlySpan<byte> head)
    {
        var start = Encoding.Latin1.GetString(head[..Math.Min(head.Length, 512)]).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>NUL bytes mean binary unless they sit in the rhythm of UTF-16 or UTF-32.</summary>
    private static bool LooksBinary(ReadOnlySpan<byte> head) =>
        head.Contains((byte)0) && TextDecoder.DetectWide(head) is null;
}
