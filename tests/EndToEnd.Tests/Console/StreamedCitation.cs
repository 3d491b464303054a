using System.Text.Json;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>A citation as the wire carries it.</summary>
internal sealed record StreamedCitation(string FileName, string Quote, int Start, int End)
{
    public static StreamedCitation From(JsonElement citation) => new(
        citation.GetProperty("filename").GetString()!,
        citation.GetProperty("quote").GetString()!,
        citation.GetProperty("start_index").GetInt32(),
        citation.GetProperty("end_index").GetInt32());
}
