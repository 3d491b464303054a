using System.Runtime.CompilerServices;
using GenAI.Gateway.Models;
using GenAI.Generation;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chain;

/// <summary>The inner end of the chain: hands a call to the model that <c>ChatOptions.ModelId</c> names, and meters it.</summary>
internal sealed class RouteChatClient(ModelRegistry registry) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (client, meter) = Open(messages, options);
        var response = await client.GetResponseAsync(messages, options, cancellationToken);
        if (meter is not null)
        {
            foreach (var message in response.Messages)
            {
                meter.Add(message.Contents);
            }

            meter.Report(response.Usage);
        }

        return response;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (client, meter) = Open(messages, options);
        await foreach (var update in client.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            meter?.Add(update.Contents);
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The models belong to the registry.
    }

    private (IChatClient Client, UsageMeter? Meter) Open(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var id = options?.ModelId ?? throw new InvalidOperationException("A call of the chain must name its model.");
        var entry = registry.Resolve(registry.Get(id));
        var client = entry.Chat ?? throw new GenerationException(
            GenerationFailure.ModelUnavailable, entry.Failure ?? $"The model '{id}' does not chat or is not loaded yet.");
        var meter = RequestScope.Of(options)?.Usage;
        meter?.Start(client.GetService(typeof(ITextTokenizer)) as ITextTokenizer, messages);
        return (client, meter);
    }
}
