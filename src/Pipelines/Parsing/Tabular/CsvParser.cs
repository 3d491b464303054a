using System.Globalization;
using CsvHelper;

namespace GenAI.Pipelines.Parsing.Tabular;

/// <summary>Each row as lines <c>header: value</c> and an empty line after it, so that a passage names its columns wherever it is cut.</summary>
internal sealed class CsvParser : IDocumentParser
{
    public ParsedDocument Parse(string path, ParseLimits limits)
    {
        var text = TextDecoder.ReadAll(path, limits);

        // The library finds the separator, and recovers from broken quoting and ragged rows unless told otherwise.
        using var rows = CsvReader.FromText(text, new CsvReaderOptions { HasHeader = false });
        var builder = new DocumentBuilder(limits);
        if (!rows.Read())
        {
            return builder.Build();
        }

        var first = Record(rows);
        var named = IsHeader(first);
        var headers = named ? first.Select(Cell).ToArray() : first.Select((_, column) => $"column {column + 1}").ToArray();
        if (!named)
        {
            Append(builder, headers, first);
        }

        while (rows.Read())
        {
            Append(builder, headers, Record(rows));
        }

        if (builder.IsEmpty && named)
        {
            builder.Paragraph(string.Join(", ", headers));
        }

        return builder.Build();
    }

    private static void Append(DocumentBuilder builder, string[] headers, string[] row)
    {
        for (var column = 0; column < row.Length; column++)
        {
            var value = row[column].Trim();
            if (value.Length > 0)
            {
                builder.Append(column < headers.Length ? headers[column] : $"column {column + 1}");
                builder.Append(": ");
                builder.Append(value);
                builder.EndLine();
            }
        }

        builder.EndParagraph();
    }

    private static string[] Record(CsvReader rows) =>
        [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetString)];

    private static string Cell(string value, int column) =>
        value.Trim() is { Length: > 0 } name ? name.ReplaceLineEndings(" ") : $"column {column + 1}";

    /// <summary>A header names things: no cell is a number, and none occurs twice.</summary>
    private static bool IsHeader(string[] row) =>
        row.Any(cell => cell.Trim().Length > 0)
        && !row.Any(cell => double.TryParse(cell, NumberStyles.Any, CultureInfo.InvariantCulture, out _))
        && row.Where(cell => cell.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Count() == row.Count(cell => cell.Length > 0);
}
