using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chain;

/// <summary>The outermost decorator: spans and metrics, never content. Safe for concurrent use.</summary>
internal sealed class TelemetryChatClient(IChatClient inner, GenAITelemetry telemetry, TimeProvider clock) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var call = new TelemetryCall(telemetry, clock, options, stream: false);
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            call.Complete(response.FinishReason, response.ResponseId);
            return response;
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = new TelemetryCall(telemetry, clock, options, stream: true);
        await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            ChatResponseUpdate update;
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    break;
                }

                update = updates.Current;
            }
            catch (Exception exception)
            {
                call.Fail(exception);
                throw;
            }

            if (update.Contents.Count > 0)
            {
                call.Chunk();
            }

            if (update.FinishReason is not null)
            {
                call.Complete(update.FinishReason, update.ResponseId);
            }

            yield return update;
        }
    }
}
