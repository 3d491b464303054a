using System.Globalization;
using System.Text.Json;
using GenAI.Eval.Client;

namespace GenAI.Eval.Datasets;

/// <summary>Reads retrieval sets in two layouts: plain (docs.tsv, queries.tsv, qrels.txt) and BEIR (corpus.jsonl, queries.jsonl, qrels/*.tsv).</summary>
internal static class RetrievalSetReader
{
    /// <summary>All sets in a folder and its subfolders.</summary>
    /// <exception cref="EvalException">There is none.</exception>
    public static IReadOnlyList<RetrievalSet> Read(DirectoryInfo folder)
    {
        var sets = folder.EnumerateDirectories("*", SearchOption.AllDirectories).Prepend(folder)
            .OrderBy(candidate => candidate.FullName, StringComparer.Ordinal)
            .Select(candidate => (candidate, name: SetName(folder, candidate)))
            .Select(found => File.Exists(Path.Combine(found.candidate.FullName, "docs.tsv")) ? ReadPlain(found.candidate.FullName, found.name)
                : File.Exists(Path.Combine(found.candidate.FullName, "corpus.jsonl")) ? ReadBeir(found.candidate.FullName, found.name)
                : null)
            .OfType<RetrievalSet>()
            .ToList();
        return sets.Count > 0
            ? sets
            : throw new EvalException($"{folder.FullName} holds no retrieval set: neither docs.tsv, queries.tsv and qrels.txt nor corpus.jsonl, queries.jsonl and qrels/.");
    }

    private static string SetName(DirectoryInfo root, DirectoryInfo folder)
    {
        var relative = Path.GetRelativePath(root.FullName, folder.FullName);
        return relative == "." ? root.Name : relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    private static RetrievalSet ReadPlain(string folder, string name)
    {
        var documents = Rows(Path.Combine(folder, "docs.tsv"), 3)
            .Select(row => LibraryDocument.FromText(row[0], row[1].Length == 0 ? row[2] : row[1] + "\n" + row[2]));
        var queries = Rows(Path.Combine(folder, "queries.tsv"), 2).Select(row => (row[0], row[1]));
        var judgements = File.ReadLines(Path.Combine(folder, "qrels.txt"))
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length >= 4)
            .Select(parts => (parts[0], parts[2], double.Parse(parts[3], CultureInfo.InvariantCulture)));
        return Build(name, documents, queries, judgements);
    }

    private static RetrievalSet ReadBeir(string folder, string name)
    {
        var documents = Lines(Path.Combine(folder, "corpus.jsonl"))
            .Select(line => LibraryDocument.FromText(Text(line, "_id"), (Text(line, "title") + "\n" + Text(line, "text")).Trim()));
        var queries = Lines(Path.Combine(folder, "queries.jsonl")).Select(line => (Text(line, "_id"), Text(line, "text")));
        var qrels = Path.Combine(folder, "qrels");
        var file = new[] { "test.tsv", "dev.tsv", "train.tsv" }.Select(split => Path.Combine(qrels, split)).FirstOrDefault(File.Exists)
            ?? throw new EvalException($"{qrels} holds neither test.tsv nor dev.tsv nor train.tsv.");
        var judgements = File.ReadLines(file).Skip(1)
            .Select(line => line.Split('\t'))
            .Where(parts => parts.Length >= 3)
            .Select(parts => (parts[0], parts[1], double.Parse(parts[2], CultureInfo.InvariantCulture)));
        return Build(name, documents, queries, judgements);
    }

    private static RetrievalSet Build(
        string name,
        IEnumerable<LibraryDocument> documents,
        IEnumerable<(string Id, string Text)> queries,
        IEnumerable<(string Query, string Document, double Grade)> judgements)
    {
        var gains = judgements
            .Where(judgement => judgement.Grade > 0)
            .GroupBy(judgement => judgement.Query, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                IReadOnlyDictionary<string, double> (group) => group
                    .GroupBy(judgement => judgement.Document, StringComparer.Ordinal)
                    .ToDictionary(same => same.Key, same => same.Max(judgement => judgement.Grade), StringComparer.Ordinal),
                StringComparer.Ordinal);
        return new RetrievalSet(name, [.. documents], [.. queries.Where(query => gains.ContainsKey(query.Id))], gains);
    }

    private static IEnumerable<string[]> Rows(string file, int columns) =>
        File.ReadLines(file).Select(line => line.Split('\t', columns)).Where(row => row.Length == columns);

    private static IEnumerable<JsonElement> Lines(string file) =>
        File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonElement.Parse(line));

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ToString() : string.Empty;
}
