using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GenAI.Gateway.Tests.Support;

/// <summary>A whole response, its body freed from chunked framing.</summary>
internal sealed record RawResponse(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Error => Json.GetProperty("error");

    /// <summary>The events of a stream, split at blank lines as a strict client does; an unfinished one fails.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            Body.EndsWith("\n\n", StringComparison.Ordinal).ShouldBeTrue("the last event has no blank line");
            return Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>The JSON of every data event but [DONE].</summary>
    public IReadOnlyList<JsonElement> Chunks =>
        [.. Events.Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[6..]).RootElement)];

    public string Header(string name) => Headers.TryGetValue(name, out var value) ? value : "";

    public static RawResponse Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        end.ShouldBeGreaterThan(0, "no header came");
        var lines = Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2))
            .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => string.Join(",", group.Select(pair => pair[1].Trim())), StringComparer.OrdinalIgnoreCase);
        var body = bytes.AsSpan(end + 4);
        var chunked = headers.TryGetValue("Transfer-Encoding", out var coding) && coding == "chunked";
        return new RawResponse(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            headers,
            Encoding.UTF8.GetString(chunked ? Unchunk(body) : body.ToArray()));
    }

    private static byte[] Unchunk(ReadOnlySpan<byte> body)
    {
        using var whole = new MemoryStream();
        while (true)
        {
            var line = body.IndexOf("\r\n"u8);
            line.ShouldBeGreaterThan(0, "the chunked body was cut");
            var size = int.Parse(Encoding.ASCII.GetString(body[..line]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                return whole.ToArray();
            }

            whole.Write(body.Slice(line + 2, size));
            body = body[(line + 2 + size + 2)..];
        }
    }
}
