using System.Globalization;
using System.Text;
using System.Text.Json;
using GenAI.Retrieval.Collections;

namespace GenAI.Retrieval.Storage;

/// <summary>What a collection consists of: its configuration, its segments, and the first log that is not in them.</summary>
/// <remarks>
/// One small JSON file with a checksum line, replaced by an atomic rename. Replaying logs over it is idempotent:
/// its deletions may already include what those logs say.
/// </remarks>
internal sealed record CommitPoint(
    int Format,
    CollectionConfig Config,
    int FirstLog,
    int NextSegment,
    long NextSequence,
    IReadOnlyList<StoredSegmentEntry> Segments)
{
    public const string FileName = "commit.json";
    public const int CurrentFormat = 1;
    public const string TemporaryName = "commit.tmp";

    public void Write(IDirectory directory)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(this);
        using (var file = directory.Create(TemporaryName))
        {
            file.Append(json);
            file.Append(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{Checksum.Of(json):x8}\n")));
            file.Sync();
        }

        directory.Rename(TemporaryName, FileName);
        directory.Sync();
    }

    /// <summary>Reads the commit point.</summary>
    /// <exception cref="CorruptStoreException">It is damaged.</exception>
    public static CommitPoint Read(IDirectory directory)
    {
        var bytes = directory.Open(FileName);
        var content = bytes.Slice(0, checked((int)bytes.Length));
        var end = content.LastIndexOf("\n"u8) == content.Length - 1 && content.Length > 10 ? content.Length - 10 : -1;
        var path = directory.PathOf(FileName);
        if (end < 0 || content[end] != '\n'
            || !uint.TryParse(content.Slice(end + 1, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var checksum)
            || checksum != Checksum.Of(content[..end]))
        {
            throw new CorruptStoreException(path, "it fails its checksum.");
        }

        var commit = JsonSerializer.Deserialize<CommitPoint>(content[..end])!;
        GC.KeepAlive(bytes);
        return commit.Format == CurrentFormat
            ? commit
            : throw new NotSupportedException($"{path} has format {commit.Format}, this program knows format {CurrentFormat}. Open the folder with the version that wrote it.");
    }
}
