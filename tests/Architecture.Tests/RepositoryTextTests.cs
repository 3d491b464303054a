using System.Text.RegularExpressions;

namespace GenAI.Architecture.Tests;

/// <summary>What documents promise about the repository has to be there.</summary>
public sealed partial class RepositoryTextTests
{
    [Fact]
    public void Links_InMarkdown_LeadToFilesThatExist()
    {
        var broken = new List<string>();
        foreach (var file in MarkdownFiles())
        {
            foreach (Match link in RelativeLink().Matches(File.ReadAllText(file)))
            {
                var target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, link.Groups["path"].Value));
                if (!Path.Exists(target))
                {
                    broken.Add($"{Path.GetRelativePath(Repository.Root, file)}: {link.Groups["path"].Value}");
                }
            }
        }

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Architecture_Page_StaysReadable() =>
        File.ReadLines(Path.Combine(Repository.Root, "ARCHITECTURE.md")).Count().ShouldBeLessThanOrEqualTo(300);

    [Fact]
    public void SourceFiles_EachOne_StaysUnderFourHundredLines() =>
        new[] { "src", "eval" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal) && File.ReadLines(file).Count() > 400)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .ShouldBeEmpty();

    private static IEnumerable<string> MarkdownFiles() =>
        new[] { "docs", "eval", "models", "samples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"));

    [GeneratedRegex(@"\]\((?<path>[^)#:\s]+)(#[^)]*)?\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RelativeLink();
}
