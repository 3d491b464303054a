using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Tests.Support;

/// <summary>A model whose answers a test writes.</summary>
internal sealed class FakeChatClient : IChatClient
{
    public Func<IReadOnlyList<ChatMessage>, ChatOptions?, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> OnStream { get; set; } =
        (_, _, _) => SayAsync("Hello", " world");

    /// <summary>Every call so far, streamed or not.</summary>
    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Calls { get; } = [];

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            updates.Add(update);
        }

        return updates.ToChatResponse();
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatMessage> list = [.. messages];
        lock (Calls)
        {
            Calls.Add((list, options));
        }

        await foreach (var update in OnStream(list, options, cancellationToken).WithCancellation(cancellationToken))
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    /// <summary>An admission, the pieces, and an end with usage.</summary>
    public static IAsyncEnumerable<ChatResponseUpdate> SayAsync(params string[] pieces) => StreamAsync(
        [.. pieces.Select(Text), End(ChatFinishReason.Stop, 9, pieces.Length)]);

    public static async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(params ChatResponseUpdate[] updates)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, []);
        foreach (var update in updates)
        {
            await Task.Yield();
            yield return update;
        }
    }

    public static ChatResponseUpdate Text(string text) => new(ChatRole.Assistant, text);

    public static ChatResponseUpdate End(ChatFinishReason reason, int input = 9, int output = 7, int cached = 8) =>
        new(ChatRole.Assistant, [new UsageContent(new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = input + output,
            CachedInputTokenCount = cached,
        })])
        {
            FinishReason = reason,
        };
}
