using System.Globalization;
using System.Text;

namespace GenAI.Retrieval.Answers.Generated;

/// <summary>Packs passages into a budget of characters, best first; a passage that does not fit whole is left out, the first is cut.</summary>
internal static class ContextPacker
{
    public static PackedContext Pack(IReadOnlyList<Evidence> evidence, int maxChars)
    {
        var text = new StringBuilder();
        var packed = new List<Evidence>();
        foreach (var passage in evidence)
        {
            var header = Header(packed.Count + 1, passage);
            var room = maxChars - text.Length - header.Length;
            if (passage.Text.Length > room && packed.Count > 0)
            {
                continue;
            }

            if (room <= 0)
            {
                break;
            }

            text.Append(header).Append(passage.Text.AsSpan(0, Math.Min(room, passage.Text.Length))).Append("\n\n");
            packed.Add(passage);
        }

        return new PackedContext(text.ToString().TrimEnd(), packed);
    }

    private static string Header(int number, Evidence passage)
    {
        var place = string.Join(" > ", passage.Headings.Prepend(passage.FileName));
        var page = passage.Page is { } known ? string.Create(CultureInfo.InvariantCulture, $", page {known}") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"[{number}] {place}{page}\n");
    }
}
