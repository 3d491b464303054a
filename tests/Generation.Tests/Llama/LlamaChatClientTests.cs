using GenAI.Generation.Llama;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Tests.Llama;

[Collection(LlamaCollection.Name)]
public sealed class LlamaChatClientTests(StarterModels models) : IAsyncLifetime
{
    private LlamaEngine _engine = null!; // set before each test
    private LlamaChatClient _client = null!; // set before each test

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _engine = new LlamaEngine(models.Chat, new LlamaEngineOptions { ContextTokens = 2048 });
        _client = new LlamaChatClient(_engine, new ChatMlTemplate());
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task GetResponse_PlainQuestion_AnswersWithUsageAndReason()
    {
        var response = await _client.GetResponseAsync("What is the capital of France?", Greedy(24), Token);

        response.Text.ShouldContain("Paris");
        response.ModelId.ShouldBe("SmolLM2-135M-Instruct-Q4_1");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.CreatedAt.ShouldNotBeNull();
        response.ResponseId.ShouldNotBeNullOrEmpty();
        response.Usage.ShouldNotBeNull();
        response.Usage.InputTokenCount.ShouldBe(models.Chat.Tokenizer.Tokenize(new ChatMlTemplate().Render([new ChatMessage(ChatRole.User, "What is the capital of France?")], null), addSpecial: true, parseSpecial: true).Length);
        response.Usage.OutputTokenCount!.Value.ShouldBeInRange(1, 24);
        response.Text.ShouldNotContain("<|im_end|>");
    }

    [Fact]
    public async Task GetStreamingResponse_Updates_BeginEmptyAndEndWithReasonAndUsage()
    {
        var updates = await CollectAsync(_client.GetStreamingResponseAsync("Count from one to ten.", Greedy(16), Token));

        updates[0].Role.ShouldBe(ChatRole.Assistant);
        updates[0].Contents.ShouldBeEmpty();
        updates[1..^1].ShouldAllBe(update => update.Text.Length > 0 && update.FinishReason == null);
        updates[^1].FinishReason.ShouldBe(ChatFinishReason.Length);
        updates[^1].Contents.OfType<UsageContent>().Single().Details.OutputTokenCount.ShouldBe(16);
        updates.Select(update => update.ResponseId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task GetResponse_SamePromptGreedy_GivesTheSameText()
    {
        var first = await _client.GetResponseAsync("Tell me about the sea.", Greedy(40), Token);
        var second = await _client.GetResponseAsync("Tell me about the sea.", Greedy(40), Token);

        second.Text.ShouldBe(first.Text);
    }

    private static ChatOptions Greedy(int maxTokens) => new() { Temperature = 0, MaxOutputTokens = maxTokens };

    private static async Task<List<ChatResponseUpdate>> CollectAsync(IAsyncEnumerable<ChatResponseUpdate> stream)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in stream)
        {
            updates.Add(update);
        }

        return updates;
    }
}
