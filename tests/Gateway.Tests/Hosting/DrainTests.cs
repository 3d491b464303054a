using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GenAI.Gateway.Tests.Support;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Tests.Hosting;

/// <summary>What happens to running answers when the server is told to stop.</summary>
public sealed class DrainTests
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task Stop_WhileAStreamRuns_LetsItEndWhole()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var model = new FakeChatClient { OnStream = (_, _, token) => UntilAsync(release.Task, token) };
        await using var gateway = await TestGateway.StartAsync(model);
        using var connection = await gateway.Http.OpenAsync("POST", Path, Request(stream: true));
        await connection.ReadUntilAsync("The answer");

        var stopping = gateway.StopAsync();
        await Should.ThrowAsync<SocketException>(ConnectUntilRefusedAsync(gateway));
        stopping.IsCompleted.ShouldBeFalse();
        release.SetResult();

        var seen = await connection.ReadUntilAsync("data: [DONE]\n\n");
        seen.ShouldContain("\"finish_reason\":\"stop\"");
        seen.ShouldNotContain("\"error\"");
        await stopping.WaitAsync(Deadline.Token);
    }

    [Fact]
    public async Task Stop_StreamThatOutlastsTheDrainTime_EndsWithAnErrorEvent()
    {
        var model = new FakeChatClient { OnStream = (_, _, token) => UntilAsync(Task.Delay(Timeout.Infinite, token), token) };
        await using var gateway = await TestGateway.StartAsync(model, Short());
        using var connection = await gateway.Http.OpenAsync("POST", Path, Request(stream: true));
        await connection.ReadUntilAsync("The answer");

        var stopping = gateway.StopAsync();

        var seen = await connection.ReadUntilAsync("\"code\":\"server_stopping\"");
        seen.ShouldNotContain("\"finish_reason\":\"");
        await stopping.WaitAsync(Deadline.Token);
        JsonDocument.Parse(gateway.AuditLines()[^1]).RootElement.GetProperty("outcome").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task Stop_WholeAnswerThatOutlastsTheDrainTime_IsA503()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var model = new FakeChatClient
        {
            OnStream = (_, _, token) =>
            {
                asked.TrySetResult();
                return UntilAsync(Task.Delay(Timeout.Infinite, token), token);
            },
        };
        await using var gateway = await TestGateway.StartAsync(model, Short());
        var answer = gateway.Http.PostAsync(Path, Request(stream: false));
        await asked.Task.WaitAsync(Deadline.Token);

        await gateway.StopAsync();

        var response = await answer;
        response.Status.ShouldBe(503);
        response.Error.GetProperty("code").GetString().ShouldBe("server_stopping");
        response.Header("retry-after").ShouldNotBeEmpty();
    }

    private static Dictionary<string, string?> Short() => new() { ["Limits:DrainTime"] = "00:00:00.300" };

    // The listening socket closes a moment after the stop began.
    private static async Task ConnectUntilRefusedAsync(TestGateway gateway)
    {
        while (true)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, Deadline.Token);
            await Task.Yield();
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> UntilAsync(Task release, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, []);
        yield return FakeChatClient.Text("The answer");
        yield return FakeChatClient.Text(" is on its way, and it takes its time.");
        await release.WaitAsync(cancellationToken);
        yield return FakeChatClient.End(ChatFinishReason.Stop);
    }

    private static string Request(bool stream) =>
        $$"""{"model":"m","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"hi"}]}""";
}
