using System.Globalization;
using System.Text.RegularExpressions;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>The TypeScript's own tests and its type check, run by Node as <c>npm test</c> runs them.</summary>
public sealed partial class ConsoleUnitTests
{
    private static string Folder => Path.Combine(Repository.Root, "src", "Gateway", "Console");

    [Fact]
    public async Task NpmTest_AllTests_Pass()
    {
        var (exitCode, output) = await Tool.RunAsync(
            "node", ["test/run.mjs"], Folder, environment: null, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);

        exitCode.ShouldBe(0, output);
        var declared = Directory.EnumerateFiles(Path.Combine(Folder, "test"), "*.test.ts").Sum(file => Declaration().Count(File.ReadAllText(file)));
        declared.ShouldBeGreaterThan(30);
        Figure("tests", output).ShouldBe(declared);
        Figure("pass", output).ShouldBe(declared);
    }

    private static int Figure(string name, string output) => int.Parse(
        Regex.Match(output, $"^# {name} (?<count>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["count"].Value,
        CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^test\('", RegexOptions.Multiline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Declaration();
}
