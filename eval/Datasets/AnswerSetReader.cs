using System.Text.Json;
using GenAI.Eval.Client;

namespace GenAI.Eval.Datasets;

/// <summary>Reads answer sets in two layouts: SQuAD's JSON, and questions.jsonl beside a folder of PDF files.</summary>
internal static class AnswerSetReader
{
    /// <summary>All sets in a folder and its subfolders.</summary>
    /// <exception cref="EvalException">There is none.</exception>
    public static IReadOnlyList<AnswerSet> Read(DirectoryInfo folder)
    {
        var sets = folder.EnumerateFiles("*.json", SearchOption.AllDirectories)
            .OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(ReadSquad)
            .Concat(folder.EnumerateFiles("questions.jsonl", SearchOption.AllDirectories).Select(ReadFilings))
            .OfType<AnswerSet>()
            .ToList();
        return sets.Count > 0
            ? sets
            : throw new EvalException($"{folder.FullName} holds no answer set: neither a JSON file in SQuAD's form nor questions.jsonl with a folder pdfs/.");
    }

    private static AnswerSet? ReadSquad(FileInfo file)
    {
        // Other JSON lies beside the sets too: what has not SQuAD's form is passed over.
        using var document = TryParse(file);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("data", out var articles)
            || articles.ValueKind != JsonValueKind.Array
            || articles.EnumerateArray().Any(article => article.ValueKind != JsonValueKind.Object || !article.TryGetProperty("paragraphs", out _)))
        {
            return null;
        }

        var documents = new List<LibraryDocument>();
        var questions = new List<Question>();
        foreach (var paragraph in articles.EnumerateArray().SelectMany(article => article.GetProperty("paragraphs").EnumerateArray()))
        {
            var id = FormattableString.Invariant($"p{documents.Count}");
            documents.Add(LibraryDocument.FromText(id, paragraph.GetProperty("context").GetString()!));
            questions.AddRange(paragraph.GetProperty("qas").EnumerateArray().Select(qa => SquadQuestion(qa, id)));
        }

        return documents.Count == 0 ? null : new AnswerSet(Path.GetFileNameWithoutExtension(file.Name), documents, questions);
    }

    private static JsonDocument? TryParse(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            return JsonDocument.Parse(stream);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Question SquadQuestion(JsonElement qa, string documentId)
    {
        var impossible = qa.TryGetProperty("is_impossible", out var flag) && flag.ValueKind == JsonValueKind.True;
        return new Question(
            qa.GetProperty("id").ToString(),
            qa.GetProperty("question").GetString()!,
            [.. qa.GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("text").GetString()!).Distinct(StringComparer.Ordinal)],
            impossible ? null : documentId,
            []);
    }

    private static AnswerSet ReadFilings(FileInfo file)
    {
        var pdfs = Path.Combine(file.DirectoryName!, "pdfs");
        if (!Directory.Exists(pdfs))
        {
            throw new EvalException($"{file.FullName} has no folder pdfs/ beside it.");
        }

        var documents = Directory.EnumerateFiles(pdfs, "*.pdf")
            .Order(StringComparer.Ordinal)
            .Select(path => LibraryDocument.FromFile(Path.GetFileNameWithoutExtension(path), path));
        var questions = File.ReadLines(file.FullName)
            .Where(line => line.Length > 0)
            .Select(line => JsonElement.Parse(line))
            .Select(line => new Question(
                line.GetProperty("id").GetString()!,
                line.GetProperty("question").GetString()!,
                [line.GetProperty("answer").GetString()!],
                line.GetProperty("doc").GetString(),
                [.. line.GetProperty("evidence").EnumerateArray().Select(evidence => evidence.GetProperty("page").GetInt32() + 1).Distinct()]));
        return new AnswerSet(file.Directory!.Name, [.. documents], [.. questions]);
    }
}
