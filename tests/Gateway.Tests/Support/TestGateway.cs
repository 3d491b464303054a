using GenAI.Gateway.Hosting;
using GenAI.Gateway.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GenAI.Gateway.Tests.Support;

/// <summary>The real gateway on a real socket, with models that the test writes.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly bool _keepData;

    private TestGateway(WebApplication app, string dataFolder, bool keepData)
    {
        _keepData = keepData;
        _app = app;
        DataFolder = dataFolder;
        Address = new Uri(app.Urls.First());
    }

    public string DataFolder { get; }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public ModelRegistry Registry => Services.GetRequiredService<ModelRegistry>();

    public RawHttp Http => new(Address);

    public static async Task<TestGateway> StartAsync(
        FakeChatClient? model = null,
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? configure = null,
        string? dataFolder = null,
        bool keepData = false)
    {
        var data = dataFolder ?? Directory.CreateTempSubdirectory("genai-gateway-").FullName;
        var all = new Dictionary<string, string?>(settings ?? [], StringComparer.Ordinal)
        {
            [GatewayPaths.DataVariable] = data,
            [GatewayPaths.ModelsVariable] = Path.Combine(data, "no-models"),
        };
        all.TryAdd("Documents:Samples", "false");
        all.TryAdd("URLS", "http://127.0.0.1:0");
        var app = await GatewayHost.BuildAsync(all, services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            configure?.Invoke(services);
        });
        if (model is not null)
        {
            app.Services.GetRequiredService<ModelRegistry>().Add(new ModelInfo("m", ModelKind.Chat) { ContextTokens = 8192 }, model);
        }

        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestGateway(app, data, keepData);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>The audit log's lines, written so far.</summary>
    public IReadOnlyList<string> AuditLines() =>
        [.. Directory.EnumerateFiles(Path.Combine(DataFolder, "audit"), "*.jsonl").SelectMany(ReadShared)];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        if (!_keepData)
        {
            Directory.Delete(DataFolder, recursive: true);
        }
    }

    private static IEnumerable<string> ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
