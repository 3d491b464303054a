using System.Runtime.InteropServices;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Tests.Storage;

namespace GenAI.Pipelines.Tests.Ingestion;

public sealed class FolderSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scan_MixedFolder_FindsDocumentsAlone()
    {
        _folder.Write("b.md", "text");
        _folder.Write("deep/er/a.txt", "text");
        _folder.Write("empty.txt", "");
        _folder.Write("paper.pdf", "%PDF\0binary");
        _folder.Write(".git/config", "hidden");
        _folder.Write("deep/.hidden.md", "hidden");
        _folder.Write("node_modules/x/readme.md", "not ours");
        _folder.Write("picture.png", "\u0089PNG\0\0");
        File.WriteAllBytes(Path.Combine(_folder.Path, "utf16.txt"), [0xFF, 0xFE, (byte)'a', 0]);

        var scan = FolderSource.Scan(_folder.Path, Token);

        scan.Files.Select(file => file.RelativePath).ShouldBe(["b.md", "deep/er/a.txt", "paper.pdf", "utf16.txt"]);
        scan.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Scan_LoopOfLinks_EndsAndFindsEachFileOnce()
    {
        _folder.Write("a/b/file.md", "text");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "a/b/up"), Path.Combine(_folder.Path, "a"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "root"), _folder.Path);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "broken.md"), Path.Combine(_folder.Path, "nowhere"));

        var scan = FolderSource.Scan(_folder.Path, Token);

        scan.Files.Count.ShouldBe(1);
    }

    [Fact]
    public void Scan_MissingFolder_SaysSo() =>
        Should.Throw<DirectoryNotFoundException>(() => FolderSource.Scan(Path.Combine(_folder.Path, "none"), Token)).Message.ShouldContain("none");

    [Fact]
    public void Scan_NamedPipe_DoesNotHang()
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            return;
        }

        using var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_folder.Path, "pipe")]);
        made.WaitForExit();
        made.ExitCode.ShouldBe(0);
        _folder.Write("a.md", "text");

        FolderSource.Scan(_folder.Path, Token).Files.Select(file => file.RelativePath).ShouldBe(["a.md"]);
    }
}
