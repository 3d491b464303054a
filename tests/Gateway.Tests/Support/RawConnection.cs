using System.Net.Sockets;
using System.Text;

namespace GenAI.Gateway.Tests.Support;

/// <summary>A request on its way whose answer is read piece by piece.</summary>
internal sealed class RawConnection(TcpClient client, NetworkStream stream) : IDisposable
{
    private readonly StringBuilder _seen = new();

    public NetworkStream Stream => stream;

    /// <summary>Reads until the text has come.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        var buffer = new byte[4096];
        while (!_seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, Deadline.Token);
            if (read == 0)
            {
                throw new EndOfStreamException($"'{text}' did not come before the end of: {_seen}");
            }

            _seen.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return _seen.ToString();
    }

    /// <summary>Drops the connection with a reset, as a killed client does.</summary>
    public void Reset()
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    public void Dispose() => client.Dispose();
}
