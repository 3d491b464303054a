using System.Net;
using System.Text;

namespace GenAI.Generation.Tests.Remote;

/// <summary>An upstream on loopback that answers every request with what the test sets, byte for byte.</summary>
internal sealed class UpstreamServer : IDisposable
{
    private readonly LoopbackListener _listener;

    public UpstreamServer() => _listener = new LoopbackListener(AnswerAsync);

    public Uri BaseUrl => new(_listener.Address, "/v1");

    public int Status { get; set; } = 200;

    public string Body { get; set; } = string.Empty;

    /// <summary>Cuts the connection after the body instead of ending it.</summary>
    public bool Cut { get; set; }

    public string? LastRequest { get; private set; }

    public string? LastAuthorization { get; private set; }

    public void Dispose() => _listener.Dispose();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        LastRequest = await reader.ReadToEndAsync();
        LastAuthorization = context.Request.Headers["Authorization"];
        context.Response.StatusCode = Status;
        context.Response.SendChunked = true;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Body));
        await context.Response.OutputStream.FlushAsync();
        if (Cut)
        {
            context.Response.Abort();
        }
        else
        {
            context.Response.Close();
        }
    }
}
