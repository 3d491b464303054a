using System.Globalization;
using System.IO.Compression;

namespace GenAI.Pipelines.Parsing.Docx;

/// <summary>
/// Refuses archives made to unpack into far more than they hold, before the document library opens them. The sizes
/// an archive declares may lie, so the entries that will be read are unpacked once and counted.
/// </summary>
internal static class DocxArchiveGuard
{
    private const int MaxEntries = 20_000;
    private const long MaxUnpackedBytes = 512L << 20;

    /// <summary>Repetitive XML packs to about 1:30; beyond this ratio, and above a size that matters, nobody wrote it.</summary>
    private const long MaxRatio = 200;
    private const long RatioMattersFromBytes = 8L << 20;

    public static void Check(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        if (archive.Entries.Count > MaxEntries)
        {
            throw Bomb($"it holds {archive.Entries.Count} parts");
        }

        var buffer = new byte[81920];
        var total = 0L;
        foreach (var entry in archive.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
        {
            var limit = Math.Max(RatioMattersFromBytes, entry.CompressedLength * MaxRatio);
            total += Unpack(entry, Math.Min(limit, MaxUnpackedBytes - total), buffer);
        }
    }

    private static long Unpack(ZipArchiveEntry entry, long limit, byte[] buffer)
    {
        using var content = entry.Open();
        var unpacked = 0L;
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            unpacked += read;
            if (unpacked > limit)
            {
                throw Bomb(string.Create(CultureInfo.InvariantCulture, $"a part of {entry.CompressedLength} bytes unpacks to more than {limit}"));
            }
        }

        return unpacked;
    }

    private static ParseException Bomb(string finding) => new(
        ParseFailure.TooLarge,
        $"The document is packed like a zip bomb ({finding}) and was not opened; if it is genuine, save it again from a word processor or as PDF.");
}
