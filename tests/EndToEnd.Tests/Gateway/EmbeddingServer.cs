using System.Globalization;
using System.Net;
using System.Text.Json;
using GenAI.Generation.Tests;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>An embedding model on loopback that keeps the passages of one document waiting until it is told to go on.</summary>
internal sealed class EmbeddingServer : IDisposable
{
    private const int Dimensions = 8;

    private readonly string _name;
    private readonly string _heldTitle;
    private readonly LoopbackListener _listener;
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="name">The model's.</param>
    /// <param name="heldTitle">The document's name, which every passage of it begins with.</param>
    public EmbeddingServer(string name, string heldTitle)
    {
        _name = name;
        _heldTitle = heldTitle;
        _listener = new LoopbackListener(context =>
        {
            _ = AnswerAsync(context);
            return Task.CompletedTask;
        });
    }

    /// <summary>The settings that make the program use it.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Models__Remote__0__Name"] = _name,
        ["Models__Remote__0__BaseUrl"] = new Uri(_listener.Address, "/v1").AbsoluteUri,
        ["Models__Remote__0__Kind"] = "Embedding",
        ["Models__Remote__0__Dimensions"] = Dimensions.ToString(CultureInfo.InvariantCulture),
    };

    public void GoOn() => _go.TrySetResult();

    public void Dispose() => _listener.Dispose();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
            var texts = body.RootElement.GetProperty("input").EnumerateArray().Select(text => text.GetString()!).ToList();
            if (texts.Any(text => text.StartsWith(_heldTitle + "\n", StringComparison.Ordinal)))
            {
                await _go.Task;
            }

            var data = texts.Select((text, index) => new { @object = "embedding", index, embedding = Embed(text) });
            context.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(context.Response.OutputStream, new { @object = "list", data, model = _name });
            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The program was killed while it waited, or the test has ended.
        }
    }

    private static float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        foreach (var letter in text)
        {
            vector[letter % Dimensions]++;
        }

        return vector;
    }
}
