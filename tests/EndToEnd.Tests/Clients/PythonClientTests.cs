using System.Globalization;
using System.Text.RegularExpressions;
using GenAI.EndToEnd.Tests.Gateway;

namespace GenAI.EndToEnd.Tests.Clients;

/// <summary>Runs the Python clients' tests against the program, in a virtual environment of their own.</summary>
public sealed partial class PythonClientTests(GatewayProcess gateway)
{
    private const int Tests = 13;

    private static readonly string Requirements = Path.Combine(Repository.Root, "eval", "clients", "python", "requirements.txt");
    private static readonly string Environment = Path.Combine(Repository.Root, "artifacts", "python-clients");

    [Fact]
    public async Task PythonClients_AgainstTheProgram_Pass()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Requirement.Met(Tool.IsInstalled("python3"), "python3 is not installed here, so the Python clients were not tried.");
        await InstallAsync(cancellationToken);
        var (exitCode, output) = await Tool.RunAsync(
            Path.Combine(Environment, "bin", "python"),
            ["-m", "pytest", "-q", "-p", "no:cacheprovider", Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "Clients", "python")],
            Repository.Root,
            new Dictionary<string, string> { ["GENAI_BASE_URL"] = gateway.ApiAddress.ToString(), ["PYTHONDONTWRITEBYTECODE"] = "1" },
            TimeSpan.FromMinutes(15),
            cancellationToken);

        exitCode.ShouldBe(0, output);
        int.Parse(PassCount().Match(output).Groups[1].Value, CultureInfo.InvariantCulture).ShouldBe(Tests, output);
    }

    private static async Task InstallAsync(CancellationToken cancellationToken)
    {
        var stamp = Path.Combine(Environment, "requirements.txt");
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp, cancellationToken) == await File.ReadAllTextAsync(Requirements, cancellationToken))
        {
            return;
        }

        var limit = TimeSpan.FromMinutes(15);
        var (made, log) = await Tool.RunAsync("python3", ["-m", "venv", Environment], Repository.Root, null, limit, cancellationToken);
        made.ShouldBe(0, log);

        // A folder of wheels beside the checkout serves machines that reach no package index.
        var wheels = Path.Combine(Repository.Root, "..", "shared", "wheels");
        string[] source = Directory.Exists(wheels) ? ["--no-index", "--find-links", wheels] : [];
        var (installed, output) = await Tool.RunAsync(
            Path.Combine(Environment, "bin", "python"),
            ["-m", "pip", "install", "-q", .. source, "-r", Requirements],
            Repository.Root,
            null,
            limit,
            cancellationToken);
        installed.ShouldBe(0, output);
        File.Copy(Requirements, stamp, overwrite: true);
    }

    [GeneratedRegex(@"(\d+) passed", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PassCount();
}
