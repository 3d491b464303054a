using System.Globalization;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Engine;

/// <summary>Names of the files of a collection.</summary>
internal static class CollectionFiles
{
    public const string LogSuffix = ".log";
    public const string SegmentSuffix = ".segment";

    public static string Log(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:D8}{LogSuffix}");

    public static string Segment(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:D8}{SegmentSuffix}");

    public static int LogNumber(string name) =>
        name.EndsWith(LogSuffix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan()[..^LogSuffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : -1;

    /// <summary>Deletes what the commit point no longer needs: old logs, merged segments, leftovers of a crash.</summary>
    public static void DeleteUnused(IDirectory directory, CommitPoint commit)
    {
        var used = commit.Segments.Select(segment => segment.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in directory.Files())
        {
            var oldLog = LogNumber(name) is >= 0 and var number && number < commit.FirstLog;
            var oldSegment = name.EndsWith(SegmentSuffix, StringComparison.Ordinal) && !used.Contains(name);
            if (oldLog || oldSegment || name.EndsWith(".tmp", StringComparison.Ordinal))
            {
                directory.Delete(name);
            }
        }
    }
}
