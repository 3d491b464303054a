using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GenAI.Guardrails.Tests.Chat;

/// <summary>A model whose answer is written down, given whole or in the same pieces.</summary>
internal sealed class ScriptedChatClient(params ChatResponseUpdate[] updates) : IChatClient
{
    public List<ChatMessage> Received { get; } = [];

    public ChatOptions? Options { get; private set; }

    public int Taken { get; private set; }

    /// <summary>Properties of the whole answer.</summary>
    public AdditionalPropertiesDictionary? Properties { get; set; }

    public static ScriptedChatClient Saying(params string[] pieces) =>
        new([.. pieces.Select(piece => new ChatResponseUpdate(ChatRole.Assistant, piece))]);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Received.AddRange(messages);
        Options = options;
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. updates.SelectMany(update => update.Contents)])) { AdditionalProperties = Properties });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Received.AddRange(messages);
        Options = options;
        foreach (var update in updates)
        {
            await Task.Yield();
            Taken++;
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
