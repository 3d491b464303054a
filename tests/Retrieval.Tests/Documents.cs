using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Filters;

namespace GenAI.Retrieval.Tests;

/// <summary>Makes documents for tests.</summary>
internal static class Documents
{
    /// <summary>A document with one chunk for each passage.</summary>
    public static CollectionDocument Of(
        string id,
        IReadOnlyList<string> passages,
        int dimensions = 0,
        IReadOnlyDictionary<string, AttributeValue>? attributes = null,
        IReadOnlyList<string>? labels = null)
    {
        var text = string.Join('\n', passages);
        var chunks = new List<Chunk>();
        var start = 0;
        foreach (var passage in passages)
        {
            chunks.Add(new Chunk(chunks.Count, passage, start, start + passage.Length, [$"Part {chunks.Count}"], chunks.Count + 1, Vector(passage, dimensions)));
            start += passage.Length + 1;
        }

        return new CollectionDocument(id, $"{id}.md", $"hash-of-{id}", text, attributes ?? new Dictionary<string, AttributeValue>(), labels ?? [], chunks);
    }

    /// <summary>The document as it is before it was embedded.</summary>
    public static CollectionDocument WithoutVectors(this CollectionDocument document) =>
        document with { Chunks = [.. document.Chunks.Select(chunk => chunk with { Vector = default })] };

    /// <summary>A unit vector that depends on the text alone, the same in every process.</summary>
    public static float[] Vector(string text, int dimensions)
    {
        if (dimensions == 0)
        {
            return [];
        }

        var seed = text.Aggregate(17, (hash, unit) => unchecked((hash * 31) + unit));
        var random = new Random(seed);
        var vector = Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }
}
