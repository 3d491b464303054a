using System.Net;
using System.Text;

namespace GenAI.Generation.Tests.Remote;

/// <summary>An upstream on loopback that answers every request with what the test sets, byte for byte.</summary>
internal sealed class UpstreamServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public UpstreamServer()
    {
        for (var attempt = 0; ; attempt++)
        {
            BaseUrl = new Uri($"http://127.0.0.1:{Random.Shared.Next(20000, 60000)}/v1");
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add($"http://127.0.0.1:{BaseUrl.Port}/");
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (attempt < 20)
            {
            }
        }

        _loop = ServeAsync();
    }

    public Uri BaseUrl { get; }

    public int Status { get; set; } = 200;

    public string Body { get; set; } = string.Empty;

    /// <summary>Cuts the connection after the body instead of ending it.</summary>
    public bool Cut { get; set; }

    public string? LastRequest { get; private set; }

    public string? LastAuthorization { get; private set; }

    public void Dispose()
    {
        _listener.Stop();
        _listener.Close();
        _ = _loop;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
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
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The end of the test.
            }
        }
    }
}
