using System.Globalization;
using System.Text.RegularExpressions;
using GenAI.EndToEnd.Tests.Gateway;

namespace GenAI.EndToEnd.Tests.Clients;

/// <summary>Runs the npm clients' own test files against the program.</summary>
public sealed partial class NodeClientTests(GatewayProcess gateway)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "Clients", "node");

    [Theory]
    [InlineData("openai.test.mjs", 9)]
    [InlineData("langchain.test.mjs", 3)]
    public async Task NpmClient_AgainstTheProgram_Passes(string file, int tests)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await InstallAsync(cancellationToken);

        var (exitCode, output) = await Tool.RunAsync(
            "node",
            ["--test", "--test-reporter=tap", file],
            Folder,
            new Dictionary<string, string> { ["GENAI_BASE_URL"] = gateway.ApiAddress.ToString() },
            TimeSpan.FromMinutes(15),
            cancellationToken);

        exitCode.ShouldBe(0, output);
        int.Parse(PassCount().Match(output).Groups[1].Value, CultureInfo.InvariantCulture).ShouldBe(tests, output);
    }

    private static async Task InstallAsync(CancellationToken cancellationToken)
    {
        var stamp = Path.Combine(Folder, "node_modules", ".package-lock.json");
        var wanted = File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"));
        if (File.Exists(stamp) && File.GetLastWriteTimeUtc(stamp) >= wanted)
        {
            return;
        }

        var (exitCode, output) = await Tool.RunAsync("npm", ["ci", "--ignore-scripts"], Folder, null, TimeSpan.FromMinutes(10), cancellationToken);
        exitCode.ShouldBe(0, output);
    }

    [GeneratedRegex(@"^# pass (\d+)", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PassCount();
}
