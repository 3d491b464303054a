using GenAI.Retrieval.Analysis;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Filters;

namespace GenAI.Retrieval.Tests.Engine;

/// <summary>The search as its formulas read, over a plain list: what the engine must equal.</summary>
internal sealed class NaiveIndex
{
    private readonly List<CollectionDocument> _documents = [];

    public IEnumerable<string> Ids => _documents.Select(document => document.Id);

    public IEnumerable<string> IdsWithoutVectors => _documents.Where(document => !document.HasVectors && document.Chunks.Count > 0).Select(document => document.Id);

    public void Commit(CollectionDocument document)
    {
        Delete(document.Id);
        _documents.Add(document);
    }

    public void Delete(string id) => _documents.RemoveAll(document => document.Id == id);

    public IReadOnlyList<(string Id, int Chunk, double Score)> Words(string query, double? least, int top)
    {
        var chunks = _documents.SelectMany(document => document.Chunks.Select(chunk => (Document: document, Chunk: chunk, Terms: Terms(document, chunk)))).ToArray();
        if (chunks.Length == 0)
        {
            return [];
        }

        // No word of the generated texts has further forms, so a chunk is as long as it has terms.
        var average = chunks.Average(chunk => chunk.Terms.Count);
        var terms = TextAnalyzer.Terms(query).GroupBy(term => term).ToArray();
        var scored = chunks.Select(chunk => (chunk.Document, chunk.Chunk, Score: terms.Sum(term =>
        {
            var frequency = chunk.Terms.Count(other => other == term.Key);
            var holding = chunks.Count(other => other.Terms.Contains(term.Key));
            var idf = Math.Log(1 + ((chunks.Length - holding + .5) / (holding + .5)));
            return term.Count() * idf * frequency / (frequency + (1.2 * (.25 + (.75 * chunk.Terms.Count / average))));
        })));
        return Best(scored.Where(chunk => chunk.Score > 0), least, top);
    }

    public IReadOnlyList<(string Id, int Chunk, double Score)> Meaning(float[] query, double? least, int top) =>
        Best(_documents.Where(document => document.HasVectors).SelectMany(document => document.Chunks.Select(chunk => (document, chunk, Dot(chunk.Vector.ToArray(), query)))), least, top);

    private static List<string> Terms(CollectionDocument document, Chunk chunk) =>
        [.. TextAnalyzer.Terms(Path.GetFileNameWithoutExtension(document.FileName)), .. chunk.Headings.SelectMany(heading => TextAnalyzer.Terms(heading)), .. TextAnalyzer.Terms(chunk.Text)];

    private static double Dot(float[] left, float[] right) => left.Zip(right).Sum(pair => (double)pair.First * pair.Second);

    private static IReadOnlyList<(string Id, int Chunk, double Score)> Best(IEnumerable<(CollectionDocument Document, Chunk Chunk, double Score)> scored, double? least, int top) =>
    [
        .. scored
            .Where(hit => least is null || (hit.Document.Attributes.TryGetValue("n", out var value) && value.Kind == AttributeKind.Number && value.Number >= least))
            .OrderByDescending(hit => Math.Round(hit.Score, 9))
            .Take(top)
            .Select(hit => (hit.Document.Id, hit.Chunk.Ordinal, hit.Score)),
    ];
}
