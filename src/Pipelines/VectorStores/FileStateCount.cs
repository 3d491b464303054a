namespace GenAI.Pipelines.VectorStores;

/// <summary>Files of one owner (store or batch) in one state of their jobs.</summary>
internal sealed class FileStateCount
{
    public string Owner { get; init; } = "";

    public string State { get; init; } = "";

    public long Files { get; init; }

    public long UsageBytes { get; init; }

    public static FileCounts Fold(IEnumerable<FileStateCount> counts)
    {
        var byState = counts.ToLookup(count => count.State, count => count.Files, StringComparer.Ordinal);
        return new FileCounts(
            byState["queued"].Sum() + byState["running"].Sum(),
            byState["done"].Sum(),
            byState["failed"].Sum(),
            byState["cancelled"].Sum());
    }
}
