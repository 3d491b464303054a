using System.Net;

namespace GenAI.Generation.Tests;

/// <summary>An HTTP listener on a free loopback port that hands every request to one function until it is disposed.</summary>
internal sealed class LoopbackListener : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public LoopbackListener(Func<HttpListenerContext, Task> answer)
    {
        // HttpListener cannot take port 0: try until a random one is free.
        for (var attempt = 0; ; attempt++)
        {
            Address = new Uri($"http://127.0.0.1:{Random.Shared.Next(20000, 60000)}");
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add(Address.AbsoluteUri);
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (attempt < 20)
            {
            }
        }

        _loop = ServeAsync(answer);
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _listener.Stop();
        _listener.Close();
        _ = _loop;
    }

    private async Task ServeAsync(Func<HttpListenerContext, Task> answer)
    {
        while (_listener.IsListening)
        {
            try
            {
                await answer(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
            {
                // A cut answer or the end of the test.
            }
        }
    }
}
