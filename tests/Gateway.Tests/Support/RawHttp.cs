using System.Net.Sockets;
using System.Text;

namespace GenAI.Gateway.Tests.Support;

/// <summary>HTTP written and read as bytes, so that a test sees what is on the wire and not what a client library makes of it.</summary>
internal sealed class RawHttp(Uri address)
{
    public Task<RawResponse> GetAsync(string path, params string[] headers) => SendAsync("GET", path, null, headers);

    public Task<RawResponse> PostAsync(string path, string json, params string[] headers) => SendAsync("POST", path, json, headers);

    public async Task<RawResponse> SendAsync(string method, string path, string? body, params string[] headers)
    {
        using var connection = await OpenAsync(method, path, body, headers);
        using var buffer = new MemoryStream();
        await connection.Stream.CopyToAsync(buffer, Deadline.Token);
        return RawResponse.Parse(buffer.ToArray());
    }

    /// <summary>Sends a request and leaves the reading to the caller.</summary>
    public async Task<RawConnection> OpenAsync(string method, string path, string? body, params string[] headers)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port, Deadline.Token);
        var request = new StringBuilder($"{method} {path} HTTP/1.1\r\n");
        if (!headers.Any(header => header.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)))
        {
            request.Append($"Host: {address.Authority}\r\n");
        }

        foreach (var header in headers)
        {
            request.Append(header).Append("\r\n");
        }

        var bytes = Encoding.UTF8.GetBytes(body ?? "");
        if (body is not null)
        {
            request.Append($"Content-Type: application/json\r\nContent-Length: {bytes.Length}\r\n");
        }

        request.Append("Connection: close\r\n\r\n");
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.ToString()), Deadline.Token);
        await stream.WriteAsync(bytes, Deadline.Token);
        return new RawConnection(client, stream);
    }
}
