using System.Globalization;

namespace GenAI.Retrieval.Answers.Generated;

/// <summary>Passages as a model reads them: numbered, each under the place it is from.</summary>
internal static class PassagePrompt
{
    public static string Write(IReadOnlyList<Evidence> evidence) =>
        string.Join("\n\n", evidence.Select((passage, index) => Entry(index + 1, passage)));

    public static string Entry(int number, Evidence passage)
    {
        var place = string.Join(" > ", passage.Headings.Prepend(passage.FileName));
        var page = passage.Page is { } known ? string.Create(CultureInfo.InvariantCulture, $", page {known}") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"[{number}] {place}{page}\n{passage.Text}");
    }
}
