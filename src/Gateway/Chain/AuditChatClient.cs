using System.Runtime.CompilerServices;
using GenAI.Gateway.Auditing;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chain;

/// <summary>Writes one audit line a call, however the call ends. Safe for concurrent use.</summary>
internal sealed class AuditChatClient(IChatClient inner, AuditLog log, TimeProvider clock) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var call = new AuditCall(log, clock, options);
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            call.Observe(response);
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
        using var call = new AuditCall(log, clock, options);
        var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var disposal = updates;
        while (true)
        {
            ChatResponseUpdate update;
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    call.End();
                    break;
                }

                update = updates.Current;
            }
            catch (Exception exception)
            {
                call.Fail(exception);
                throw;
            }

            call.Observe(update);
            yield return update;
        }
    }
}
