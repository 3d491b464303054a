using System.Net;
using System.Text;

namespace GenAI.Eval.Tests;

/// <summary>Answers requests, counted from 1, by a script that may throw.</summary>
internal sealed class ScriptedHandler(Func<int, string> script) : HttpMessageHandler
{
    private int _requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(script(Interlocked.Increment(ref _requests)), Encoding.UTF8, "text/event-stream"),
        });
}
