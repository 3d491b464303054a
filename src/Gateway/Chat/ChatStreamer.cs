using GenAI.Gateway.Errors;
using GenAI.Gateway.Hosting;
using GenAI.Gateway.Streaming;
using GenAI.Guardrails;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Chat;

/// <summary>Sends a completion as server-sent events. Thread safe.</summary>
/// <remarks>
/// 1. Waits for the chain's first update: until then a failure is a real HTTP status. Not for longer than a heartbeat,
///    though: an answer from documents may be thought over for a minute, and a proxy cuts a connection that says nothing.
/// 2. Sends the headers, the roles and the updates, flushed whenever the next update is not there yet.
/// 3. Ends with usage and [DONE]; a failure on the way becomes an error event.
/// A client that leaves cancels the chain through the request's token, and so does the end of the drain time.
/// </remarks>
internal sealed partial class ChatStreamer(IOptions<StreamingOptions> options, Drain drain, TimeProvider clock, ILogger<ChatStreamer> logger)
{
    public async Task RunAsync(HttpContext context, ChatCall call, IChatClient chain)
    {
        var aborted = context.RequestAborted;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborted, drain.Over);
        var answers = call.Options.Select(choice => chain.GetStreamingResponseAsync(call.Request.Messages, choice, ending.Token)).ToList();
        await using var source = ChoiceSource.Open(answers, ending.Token);
        var first = source.MoveNextAsync().AsTask();
        await WaitAsync(first);

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        SseWriter.Prepare(context.Response);
        ChatHeaders.Set(context.Response, call.Target.Id, source.Current?.AdditionalProperties);

        using var chunks = new ChatChunkWriter(call.Identity, call.Request.IncludeUsage);
        var stream = new ChatStream(call, chunks);
        await using var events = new SseWriter(context.Response.BodyWriter, options.Value, clock, stream.EmptyChunk, aborted);
        try
        {
            await PumpAsync(source, first, stream, events);
        }
        catch (Exception exception) when (!aborted.IsCancellationRequested) // the status is sent: the failure must go into the stream
        {
            await FailAsync(exception, stream, events, context.TraceIdentifier);
        }
    }

    /// <summary>Ends with the first update, its failure, or the time of a heartbeat.</summary>
    private async Task WaitAsync(Task<bool> first)
    {
        using var ended = new CancellationTokenSource();
        await Task.WhenAny(first, Task.Delay(options.Value.Heartbeat, clock, ended.Token));
        await ended.CancelAsync();
        if (first.IsCompleted)
        {
            await first;
        }
    }

    private static async Task PumpAsync(ChoiceSource source, Task<bool> first, ChatStream stream, SseWriter events)
    {
        var output = await events.AcquireAsync();
        stream.WriteRoles(output, source.Current);
        await events.ReleaseAsync(flush: !first.IsCompleted);

        var any = await first;
        while (any)
        {
            await WriteAsync(source, stream, events);
            var next = source.MoveNextAsync();
            if (!next.IsCompleted)
            {
                await events.FlushAsync();
            }

            any = await next;
        }

        output = await events.AcquireAsync();
        stream.WriteEnd(output);
        await events.ReleaseAsync(flush: true);
    }

    private static async ValueTask WriteAsync(ChoiceSource source, ChatStream stream, SseWriter events)
    {
        var output = await events.AcquireAsync();
        try
        {
            stream.Write(output, source.Choice, source.Current);
        }
        finally
        {
            await events.ReleaseAsync(flush: false);
        }
    }

    private async Task FailAsync(Exception exception, ChatStream stream, SseWriter events, string requestId)
    {
        var output = await events.AcquireAsync();
        if (exception is GuardrailBlockedException blocked)
        {
            stream.Refuse(output, blocked.Message);
            stream.WriteEnd(output);
        }
        else
        {
            ChatStreamErrors.Write(output, Explain(exception, requestId));
        }

        await events.ReleaseAsync(flush: true);
    }

    private ApiError Explain(Exception exception, string requestId)
    {
        if (exception is OperationCanceledException)
        {
            return ApiErrors.Stopping();
        }

        if (ExceptionTranslator.TryTranslate(exception) is { } error)
        {
            LogCut(requestId, error.Code, error.Message);
            return error;
        }

        LogFailure(exception, requestId);
        return ApiErrors.Internal(requestId);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stream {RequestId} was cut: {Code}: {Reason}")]
    private partial void LogCut(string requestId, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stream {RequestId} failed")]
    private partial void LogFailure(Exception exception, string requestId);
}
