using System.Net;

namespace GenAI.Generation.Tests;

/// <summary>An HTTP listener on a free loopback port that hands every request to one function until it is disposed.</summary>
internal sealed class LoopbackListener : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _loop;

    public LoopbackListener(Func<HttpListenerContext, Task> answer)
    {
        (_listener, Address) = Listen();
        _loop = ServeAsync(answer);
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _listener.Stop();
        _listener.Close();
        _ = _loop;
    }

    private static (HttpListener Listener, Uri Address) Listen()
    {
        // HttpListener cannot take port 0: try until a random one is free. One that found its port taken is of no more use.
        for (var attempt = 0; ; attempt++)
        {
            var listener = new HttpListener();
            var address = new Uri($"http://127.0.0.1:{Random.Shared.Next(20000, 60000)}");
            listener.Prefixes.Add(address.AbsoluteUri);
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                listener.Close();
            }
        }
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
