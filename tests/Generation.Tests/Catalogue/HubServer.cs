using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace GenAI.Generation.Tests.Catalogue;

/// <summary>A model hub on loopback: the listing and file addresses of the real one, with faults on request.</summary>
internal sealed class HubServer : IDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public HubServer() => _listener = new LoopbackListener(AnswerAsync);

    public Uri Endpoint => _listener.Address;

    /// <summary>Bytes after which a file answer is cut, once for each entry.</summary>
    public Queue<int> Cuts { get; } = new();

    /// <summary>Bytes after which a file answer goes silent without ending, once for each entry.</summary>
    public Queue<int> Stalls { get; } = new();

    /// <summary>Token that callers must show, if any.</summary>
    public string? RequiredToken { get; set; }

    /// <summary>Hash listed for every file in place of the true one.</summary>
    public string? WrongHash { get; set; }

    public bool HonoursRanges { get; set; } = true;

    /// <summary>Range headers of the file requests in order; null where there was none.</summary>
    public List<string?> Ranges { get; } = [];

    public int Requests { get; private set; }

    public void Add(string path, byte[] content) => _files[path] = content;

    public void Dispose() => _listener.Dispose();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        Requests++;
        var response = context.Response;
        if (RequiredToken is not null && context.Request.Headers["Authorization"] != "Bearer " + RequiredToken)
        {
            response.StatusCode = 401;
            response.Close();
            return;
        }

        var path = context.Request.Url!.AbsolutePath;
        if (path == "/api/models/someone/tiny-GGUF/tree/main")
        {
            var listing = JsonSerializer.SerializeToUtf8Bytes(_files.Select(file => new
            {
                type = "file",
                path = file.Key,
                size = file.Value.Length,
                oid = "0",
                lfs = new { oid = WrongHash ?? Convert.ToHexStringLower(SHA256.HashData(file.Value)), size = file.Value.Length },
            }));
            response.ContentType = "application/json";
            response.Close(listing, willBlock: true);
            return;
        }

        const string prefix = "/someone/tiny-GGUF/resolve/main/";
        if (!path.StartsWith(prefix, StringComparison.Ordinal) || !_files.TryGetValue(Uri.UnescapeDataString(path[prefix.Length..]), out var content))
        {
            response.StatusCode = 404;
            response.Close();
            return;
        }

        await SendFileAsync(context, content);
    }

    private async Task SendFileAsync(HttpListenerContext context, byte[] content)
    {
        var response = context.Response;
        var range = context.Request.Headers["Range"];
        Ranges.Add(range);
        var offset = 0;
        if (range is not null && HonoursRanges)
        {
            offset = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            response.StatusCode = 206;
        }

        response.ContentLength64 = content.Length - offset;
        if (Cuts.TryDequeue(out var cut))
        {
            await response.OutputStream.WriteAsync(content.AsMemory(offset, cut));
            await response.OutputStream.FlushAsync();
            response.Abort();
            return;
        }

        if (Stalls.TryDequeue(out var stall))
        {
            await response.OutputStream.WriteAsync(content.AsMemory(offset, stall));
            await response.OutputStream.FlushAsync();
            return;
        }

        await response.OutputStream.WriteAsync(content.AsMemory(offset));
        response.Close();
    }
}
