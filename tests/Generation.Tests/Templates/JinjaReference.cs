using System.Diagnostics;
using System.Text.Json;

namespace GenAI.Generation.Tests.Templates;

/// <summary>The reference implementation of chat templates, run by Node.js, and the templates of real models. Both are fetched once into the artifacts folder.</summary>
public sealed class JinjaReference : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal static readonly DateTimeOffset Now = new(2026, 3, 7, 9, 5, 0, TimeSpan.Zero);

    private static string Scripts { get; } = Path.Combine(Repository.Root, "tests", "Generation.Tests", "Reference");

    private static string Folder { get; } = Path.Combine(Repository.Root, "artifacts", "generation-reference");

    public async ValueTask InitializeAsync() => await RunNodeAsync(Path.Combine(Scripts, "setup.mjs"), Folder);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static IReadOnlyList<ReferenceTemplate> ModelTemplates() =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "repository", "models", "templates"), "*.jinja")
            .Order(StringComparer.Ordinal)
            .Select(static path => new ReferenceTemplate(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))];

    internal static JsonElement ReadJson(string name) => JsonElement.Parse(File.ReadAllText(Path.Combine(Scripts, name)));

    internal static async Task<IReadOnlyList<ReferenceResult>> RenderAsync(IReadOnlyList<ReferenceGroup> groups)
    {
        using var folder = new TemporaryFolder();
        var cases = Path.Combine(folder.Path, "cases.json");
        var results = Path.Combine(folder.Path, "results.json");
        await File.WriteAllTextAsync(cases, JsonSerializer.Serialize(new { now = Now.ToUnixTimeMilliseconds(), groups }, Json), TestContext.Current.CancellationToken);
        await RunNodeAsync(Path.Combine(Scripts, "render.mjs"), Folder, cases, results);
        return JsonSerializer.Deserialize<List<ReferenceResult>>(await File.ReadAllTextAsync(results, TestContext.Current.CancellationToken), Json)!;
    }

    private static async Task RunNodeAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardError = true, Environment = { ["TZ"] = "UTC" } };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, errors);
    }
}
