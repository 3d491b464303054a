using System.Globalization;
using System.IO.Compression;

namespace GenAI.Pipelines.Parsing.Docx;

/// <summary>
/// Refuses archives made to unpack into far more than they hold, before the document library opens them. The sizes
/// an archive declares may lie, so the entries that could be read as XML are unpacked once and counted, whatever they
/// are called: what the library reads is decided by relations inside the archive, not by names. Pictures are not read.
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
        foreach (var entry in archive.Entries)
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
            if (unpacked == 0 && !MayBeXml(buffer.AsSpan(0, read)))
            {
                return 0;
            }

            unpacked += read;
            if (unpacked > limit)
            {
                throw Bomb(string.Create(CultureInfo.InvariantCulture, $"a part of {entry.CompressedLength} bytes unpacks to more than {limit}"));
            }
        }

        return unpacked;
    }

    /// <summary>Whether an XML reader would get beyond the first character: a mark of byte order, white space, or an angle bracket in any width.</summary>
    private static bool MayBeXml(ReadOnlySpan<byte> start) =>
        start[0] is (byte)'<' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0
        || start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])
        || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
        || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);

    private static ParseException Bomb(string finding) => new(
        ParseFailure.TooLarge,
        $"The document is packed like a zip bomb ({finding}) and was not opened; if it is genuine, save it again from a word processor or as PDF.");
}
