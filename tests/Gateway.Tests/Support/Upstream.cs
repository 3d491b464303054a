using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GenAI.Gateway.Tests.Support;

/// <summary>Another OpenAI-compatible server on a real socket; a test writes what it does with each request.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(string Path, string? Authorization, string Body)> _requests = [];

    private Upstream(WebApplication app) => _app = app;

    public string BaseUrl => _app.Urls.First() + "/v1";

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<(string Path, string? Authorization, string Body)> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static async Task<Upstream> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var upstream = new Upstream(app);
        app.Run(async context =>
        {
            await upstream.RecordAsync(context.Request);
            await answer(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return upstream;
    }

    /// <summary>Sends events as a stream; the answer stays open until the caller's delegate returns.</summary>
    public static async Task SendAsync(HttpContext context, params string[] events)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var item in events)
        {
            await context.Response.WriteAsync($"data: {item}\n\n", context.RequestAborted);
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    public static string Delta(string delta, string? finish = null) =>
        $$"""{"id":"c1","object":"chat.completion.chunk","created":1,"model":"up","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{(finish is null ? "null" : $"\"{finish}\"")}}}]}""";

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    private async Task RecordAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        lock (_requests)
        {
            _requests.Add((request.Path, request.Headers.Authorization, body));
        }
    }
}
