using GenAI.Gateway.Hosting;
using GenAI.Gateway.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal static class ChatEndpoint
{
    public static void MapChatCompletions(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/v1/chat/completions", HandleAsync);

    private static async Task HandleAsync(HttpContext context, ChatCallFactory calls, IChatClient chain, ChatStreamer streamer, Drain drain)
    {
        var cancellationToken = context.RequestAborted;
        ChatRequest request;
        using (var body = await JsonBody.ReadObjectAsync(context.Request, cancellationToken))
        {
            request = ChatRequestReader.Read(body.RootElement);
        }

        var call = await calls.CreateAsync(request, context, cancellationToken);
        if (request.Stream)
        {
            await streamer.RunAsync(context, call, chain);
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, drain.Over);
        var responses = await AnswerAsync(chain, call, ending.Token);
        ChatHeaders.Set(context.Response, call.Target.Id, responses[0].AdditionalProperties);
        await JsonResponse.WriteAsync(
            context.Response, (call, responses), static (json, state) => ChatCompletionJson.Write(json, state.call, state.responses), cancellationToken);
    }

    private static async Task<ChatResponse[]> AnswerAsync(IChatClient chain, ChatCall call, CancellationToken cancellationToken)
    {
        if (call.Options.Count == 1)
        {
            return [await chain.GetResponseAsync(call.Request.Messages, call.Options[0], cancellationToken)];
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answers = call.Options.Select(options => chain.GetResponseAsync(call.Request.Messages, options, stop.Token)).ToList();
        try
        {
            // The first failure ends all: half of the choices is no answer.
            await foreach (var answer in Task.WhenEach(answers))
            {
                await answer;
            }
        }
        catch
        {
            await stop.CancelAsync();
            await Task.WhenAll(answers).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }

        return await Task.WhenAll(answers);
    }
}
