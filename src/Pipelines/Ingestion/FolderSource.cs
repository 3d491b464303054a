namespace GenAI.Pipelines.Ingestion;

/// <summary>Walks a folder for documents.</summary>
/// <remarks>
/// Passes over hidden names, empty files and files that are neither text nor of a known binary format. Links are followed, each
/// real folder once, so that a loop of links ends.
/// </remarks>
public static class FolderSource
{
    private const int SniffedBytes = 8192;

    private static readonly HashSet<string> s_knownBinary = new(StringComparer.OrdinalIgnoreCase) { ".pdf", ".docx" };
    private static readonly HashSet<string> s_passedOver = new(StringComparer.OrdinalIgnoreCase) { "node_modules", "__pycache__" };

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static FolderScan Scan(string folder, CancellationToken cancellationToken)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        }

        var files = new List<FolderFile>();
        var problems = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<(DirectoryInfo Folder, string Prefix)>([(root, "")]);
        while (pending.TryPop(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var real = Real(next.Folder);
                if (seen.Add(real.FullName))
                {
                    Visit(real, next.Prefix, files, pending, problems);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add($"'{next.Folder.FullName}' cannot be read: {exception.Message}");
            }
        }

        files.Sort((one, other) => string.CompareOrdinal(one.RelativePath, other.RelativePath));
        return new FolderScan(files, problems);
    }

    private static void Visit(
        DirectoryInfo folder, string prefix, List<FolderFile> files, Stack<(DirectoryInfo Folder, string Prefix)> pending, List<string> problems)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.') && !s_passedOver.Contains(entry.Name)))
        {
            var relative = prefix + entry.Name;
            if (Directory.Exists(entry.FullName))
            {
                pending.Push((new DirectoryInfo(entry.FullName), relative + "/"));
            }
            else if (File.Exists(entry.FullName) && IsDocument(entry.FullName, problems))
            {
                files.Add(new FolderFile(entry.FullName, relative));
            }
        }
    }

    private static DirectoryInfo Real(DirectoryInfo folder) =>
        folder.ResolveLinkTarget(returnFinalTarget: true) is { } target ? new DirectoryInfo(target.FullName) : folder;

    private static bool IsDocument(string path, List<string> problems)
    {
        try
        {
            var real = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);

            // Empty files hold nothing, and pipes and devices, which look empty, would hold up whoever opens them.
            if (!real.Exists || real.Length == 0)
            {
                return false;
            }

            if (s_knownBinary.Contains(Path.GetExtension(path)))
            {
                return true;
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> head = stackalloc byte[SniffedBytes];
            head = head[..file.ReadAtLeast(head, SniffedBytes, throwOnEndOfStream: false)];
            var isUtf16 = head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
            return isUtf16 || !head.Contains((byte)0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"'{path}' cannot be read: {exception.Message}");
            return false;
        }
    }
}
