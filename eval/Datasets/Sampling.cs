namespace GenAI.Eval.Datasets;

/// <summary>Draws that come out the same for the same seed.</summary>
internal static class Sampling
{
    /// <summary>At most <paramref name="limit"/> items in their first order; all of them when it is null.</summary>
    public static IReadOnlyList<T> Draw<T>(this IReadOnlyList<T> items, int? limit, int seed)
    {
        if (limit is not { } count || count >= items.Count)
        {
            return items;
        }

        var indexes = Enumerable.Range(0, items.Count).ToArray();
        new Random(seed).Shuffle(indexes);
        return [.. indexes.Take(count).Order().Select(index => items[index])];
    }
}
