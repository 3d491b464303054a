using System.Globalization;
using System.Text;

namespace GenAI.Pipelines.Tests.Parsing;

/// <summary>Writes small PDF files byte by byte: Helvetica text at given places.</summary>
internal sealed class PdfBytes
{
    private readonly List<string> _pages = [];
    private StringBuilder _content = new();

    /// <summary>Places text with its baseline <paramref name="y"/> points above the lower edge of a page of 612 by 792.</summary>
    public PdfBytes Text(double x, double y, string text, double size = 10)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
        _content.Append(CultureInfo.InvariantCulture, $"BT /F1 {size} Tf {x} {y} Td ({escaped}) Tj ET\n");
        return this;
    }

    public PdfBytes Lines(double x, double y, params string[] lines)
    {
        for (var line = 0; line < lines.Length; line++)
        {
            Text(x, y - (line * 12), lines[line]);
        }

        return this;
    }

    public PdfBytes EndPage()
    {
        _pages.Add(_content.ToString());
        _content = new StringBuilder();
        return this;
    }

    /// <param name="trailer">More entries of the trailer, such as <c>/Encrypt</c>.</param>
    public byte[] Build(string trailer = "")
    {
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select((_, page) => $"{4 + (page * 2)} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        };
        foreach (var page in _pages)
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {objects.Count + 2} 0 R >>");
            objects.Add($"<< /Length {Encoding.Latin1.GetByteCount(page)} >>\nstream\n{page}\nendstream");
        }

        return Assemble(objects, trailer);
    }

    public static byte[] Assemble(IReadOnlyList<string> objects, string trailer = "")
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var number = 1; number <= objects.Count; number++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{objects[number - 1]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }
}
