using System.Text;
using System.Text.Json;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>Reads a recorded stream of chat chunks independently of the page's own reader.</summary>
internal static class StreamedAnswer
{
    public static (string Text, IReadOnlyList<StreamedCitation> Citations) Read(string stream)
    {
        var text = new StringBuilder();
        var citations = new List<StreamedCitation>();
        foreach (var line in stream.Split('\n').Where(l => l.StartsWith("data: {", StringComparison.Ordinal)))
        {
            using var chunk = JsonDocument.Parse(line["data: ".Length..]);
            foreach (var choice in chunk.RootElement.GetProperty("choices").EnumerateArray())
            {
                var delta = choice.GetProperty("delta");
                if (delta.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String)
                {
                    text.Append(content.GetString());
                }

                if (delta.TryGetProperty("annotations", out var annotations) && annotations.ValueKind == JsonValueKind.Array)
                {
                    citations.AddRange(annotations.EnumerateArray().Select(a => StreamedCitation.From(a.GetProperty("file_citation"))));
                }
            }
        }

        return (text.ToString(), citations);
    }
}
