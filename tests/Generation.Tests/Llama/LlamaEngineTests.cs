using System.Diagnostics;
using GenAI.Generation.Llama;
using GenAI.Generation.Llama.Sampling;
using GenAI.Generation.Llama.Scheduling;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Tests.Llama;

/// <summary>How requests share an engine. One compute thread: two would wait for each other on a busy test machine.</summary>
[Collection(LlamaCollection.Name)]
public sealed class LlamaEngineTests(StarterModels models, ITestOutputHelper output)
{
    private static readonly string[] Questions =
    [
        "Name three colours.", "What is the capital of Italy?", "Write a short line about rain.", "What is two plus two?", "Say hello in French.",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_Together_DoNotDisturbEachOther()
    {
        await using var engine = Engine();
        using var client = Client(engine);

        var together = await Task.WhenAll(Questions.Select(question => client.GetResponseAsync(question, LogProbs(Greedy(24)), Token)));

        engine.Status.FinishedRequests.ShouldBe(Questions.Length);
        for (var i = 0; i < Questions.Length; i++)
        {
            await ShouldBeAsLikelyAloneAsync(client, Questions[i], together[i]);
        }
    }

    [Fact]
    public async Task Seed_SamePrompt_GivesTheSameTextWhateverIsCached()
    {
        await using var engine = Engine();
        using var client = Client(engine);
        var options = new ChatOptions { Temperature = 1.2f, TopP = 1, Seed = 42, MaxOutputTokens = 24 };
        var first = await client.GetResponseAsync(Questions[2], options, Token);
        await client.GetResponseAsync(Questions[1], options, Token);
        var second = await client.GetResponseAsync(Questions[2], options, Token);
        options.Seed = 43;
        var third = await client.GetResponseAsync(Questions[2], options, Token);

        second.Text.ShouldBe(first.Text);
        third.Text.ShouldNotBe(first.Text);
    }

    [Fact]
    public async Task Prefix_OfAFinishedRequest_IsReusedWithinItsTenantOnly()
    {
        await using var engine = Engine();
        using var client = Client(engine);
        var system = new ChatMessage(ChatRole.System, string.Concat(Enumerable.Range(0, 40).Select(i => $"Rule {i}: be brief. ")));
        var first = await client.GetResponseAsync([system, new(ChatRole.User, "One?")], Greedy(2, "a"), Token);
        var second = await client.GetResponseAsync([system, new(ChatRole.User, "Two?")], Greedy(2, "a"), Token);
        var stranger = await client.GetResponseAsync([system, new(ChatRole.User, "One?")], Greedy(2, "b"), Token);

        first.Usage!.CachedInputTokenCount.ShouldBe(0);
        second.Usage!.CachedInputTokenCount!.Value.ShouldBeGreaterThan(200);
        stranger.Usage!.CachedInputTokenCount.ShouldBe(0);
        stranger.Text.ShouldBe(first.Text);
    }

    [Fact]
    public async Task Cache_FullWhileAWaitingConversationGoesOn_BothEnd()
    {
        // Brought back beside the other, the conversation would fill the cache and be sent away again, step after step.
        const int Context = 512;
        await using var engine = Engine(Context);
        using var client = Client(engine);
        var system = new ChatMessage(ChatRole.System, string.Concat(Enumerable.Range(0, 20).Select(i => $"Rule {i}: be brief. ")));
        var asked = new ChatMessage(ChatRole.User, string.Concat(Enumerable.Range(0, 15).Select(i => $"Item {i} is red. ")));
        var first = await client.GetResponseAsync([system, asked], Greedy(2), Token);

        await using var other = client.GetStreamingResponseAsync([system, new(ChatRole.User, "Write a long story.")], Unending(), Token).GetAsyncEnumerator(Token);
        await ReadTextAsync(other, 2);
        var goesOn = client.GetResponseAsync([system, asked, .. first.Messages, new(ChatRole.User, "Go on.")], Unending(), Token);
        var reason = default(ChatFinishReason?);
        while (await other.MoveNextAsync())
        {
            reason = other.Current.FinishReason;
        }

        reason.ShouldBe(ChatFinishReason.Length);
        var answer = await goesOn;
        answer.FinishReason.ShouldBe(ChatFinishReason.Length);
        answer.Usage!.TotalTokenCount.ShouldBe(Context);
        answer.Usage.CachedInputTokenCount!.Value.ShouldBeGreaterThan(220);
    }

    [Fact]
    public async Task Prefix_OfARunningRequest_IsShared()
    {
        await using var engine = Engine();
        using var client = Client(engine);
        var system = new ChatMessage(ChatRole.System, string.Concat(Enumerable.Range(0, 40).Select(i => $"Rule {i}: be brief. ")));
        await using var running = client.GetStreamingResponseAsync([system, new(ChatRole.User, "Write a long story.")], Unending(), Token).GetAsyncEnumerator(Token);
        await ReadTextAsync(running, 2);
        var second = await client.GetResponseAsync([system, new(ChatRole.User, "Two?")], Greedy(2), Token);

        second.Usage!.CachedInputTokenCount!.Value.ShouldBeGreaterThan(200);
        await ReadTextAsync(running, 2);
    }

    [Fact]
    public async Task Cancel_DuringALongPrefill_FreesTheSlotAtOnce()
    {
        await using var engine = Engine(contextTokens: 8192);
        using var client = Client(engine);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var prompt = string.Join(' ', Enumerable.Range(0, 1800));
        var stream = client.GetStreamingResponseAsync(prompt, Greedy(4), cancel.Token).GetAsyncEnumerator(cancel.Token);
        (await stream.MoveNextAsync()).ShouldBeTrue();
        await UntilAsync(() => engine.Status.Running == 1);
        var next = stream.MoveNextAsync().AsTask();
        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => next);
        await stream.DisposeAsync();
        await UntilAsync(() => engine.Status.Running == 0);
        output.WriteLine($"slot free after {clock.ElapsedMilliseconds} ms; {engine.Status.PromptTokens} of the prompt's tokens computed");

        // Of nearly 8,000 tokens: whoever waited for the prompt's end would be far above this, a test that waits for the processor is not.
        engine.Status.PromptTokens.ShouldBeLessThan(4097);
        engine.Status.CancelledRequests.ShouldBe(1);
        (await client.GetResponseAsync(Questions[3], Greedy(4), Token)).Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Cancel_OneOfTwo_LeavesTheOtherUntouched()
    {
        await using var engine = Engine();
        using var client = Client(engine);
        var cancelled = client.GetStreamingResponseAsync("Write a long story.", Unending(), Token).GetAsyncEnumerator(Token);
        await ReadTextAsync(cancelled, 1);
        var other = client.GetResponseAsync(Questions[0], LogProbs(Greedy(32)), Token);
        await ReadTextAsync(cancelled, 2);
        await cancelled.DisposeAsync();

        await ShouldBeAsLikelyAloneAsync(client, Questions[0], await other);
        await UntilAsync(() => engine.Status.Running == 0);
        engine.Status.CancelledRequests.ShouldBe(1);
    }

    [Fact]
    public async Task Queue_Full_RefusesAsBusyAndLetsGoOfWhoLeft()
    {
        await using var engine = new LlamaEngine(models.Chat, new LlamaEngineOptions { ContextTokens = 1024, ParallelRequests = 1, MaxQueued = 1, Threads = 1 });
        using var client = Client(engine);
        await using var running = client.GetStreamingResponseAsync("Write a long story.", Unending(), Token).GetAsyncEnumerator(Token);
        await ReadTextAsync(running, 1);
        var waiting = client.GetStreamingResponseAsync(Questions[0], Greedy(4), Token).GetAsyncEnumerator(Token);
        (await waiting.MoveNextAsync()).ShouldBeTrue();
        waiting.Current.Contents.ShouldBeEmpty();

        (await Should.ThrowAsync<GenerationException>(() => client.GetResponseAsync(Questions[1], Greedy(4), Token))).Failure.ShouldBe(GenerationFailure.Busy);
        await waiting.DisposeAsync();
        engine.Status.Queued.ShouldBe(0);
        await using var another = client.GetStreamingResponseAsync(Questions[1], Greedy(4), Token).GetAsyncEnumerator(Token);
        (await another.MoveNextAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Prompt_LongerThanTheContext_IsRefusedBeforeTheFirstUpdate()
    {
        await using var engine = Engine(contextTokens: 256);
        using var client = Client(engine);
        var stream = client.GetStreamingResponseAsync(string.Join(' ', Enumerable.Range(0, 500)), Greedy(4), Token).GetAsyncEnumerator(Token);

        var failure = await Should.ThrowAsync<GenerationException>(async () => await stream.MoveNextAsync());

        failure.Failure.ShouldBe(GenerationFailure.ContextLengthExceeded);
        failure.Message.ShouldContain("context_length_exceeded");
        failure.ContextTokens.ShouldBe(256);
        failure.PromptTokens!.Value.ShouldBeGreaterThan(256);
    }

    [Fact]
    public async Task Answer_ReachingTheContextsEnd_EndsWithLength()
    {
        await using var engine = Engine(contextTokens: 256);
        using var client = Client(engine);

        var response = await client.GetResponseAsync("Write a long story.", Unending(), Token);

        response.FinishReason.ShouldBe(ChatFinishReason.Length);
        response.Usage!.TotalTokenCount.ShouldBe(256);
    }

    [Fact]
    public async Task Context_FullOfSeveralAnswers_MakesThemWaitAndFinishesAll()
    {
        await using var engine = Engine(contextTokens: 256);
        using var client = Client(engine);
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => client.GetResponseAsync("Write a long story.", LogProbs(Unending($"tenant {i}")), Token)));

        answers.ShouldAllBe(answer => answer.FinishReason == ChatFinishReason.Length && answer.Usage!.TotalTokenCount == 256);
await using var wider = Engine(contextTokens: 300);
        using var judge = Client(wider);
        foreach (var answer in answers)
        {
            await ShouldBeAsLikelyAloneAsync(judge, "Write a long story.", answer);
        }
    }

    [Fact]
    public async Task Dispose_WithRunningRequests_EndsThemWithAnError()
    {
        var engine = Engine();
        using var client = Client(engine);
        await using var running = client.GetStreamingResponseAsync("Write a long story.", Unending(), Token).GetAsyncEnumerator(Token);
        await ReadTextAsync(running, 1);
        await engine.DisposeAsync();

        await Should.ThrowAsync<GenerationException>(async () => await ReadTextAsync(running, int.MaxValue));
        await Should.ThrowAsync<GenerationException>(() => client.GetResponseAsync("Hello", Greedy(1), Token));
    }

    [Fact]
    public async Task Request_ThatCannotBeStarted_GetsTheErrorAndTheOthersGoOn()
    {
        await using var engine = Engine();
        using var client = Client(engine);
        var broken = new GenerationRequest
        {
            Prompt = models.Chat.Tokenizer.Tokenize("Hello"),
            Sampling = new SamplingConfig { RepeatPenalty = 2, RepeatWindow = -1 },
        };
        engine.Submit(broken);

        var failure = await Should.ThrowAsync<GenerationException>(async () => await engine.ReadAsync(broken, Token).FirstOrDefaultAsync(Token));

        failure.Failure.ShouldBe(GenerationFailure.Engine);
        (await broken.Ended).Finish.ShouldBe(GenerationFinish.Failed);
        engine.Status.Running.ShouldBe(0);
        (await client.GetResponseAsync(Questions[3], Greedy(4), Token)).Text.ShouldNotBeEmpty();
    }

    /// <summary>
    /// Batches of other sizes round differently, so that texts may part where two tokens are almost equally likely; what
    /// must hold is that the model, alone with the question, finds the answer as likely as it said among others.
    /// </summary>
    private static async Task ShouldBeAsLikelyAloneAsync(LlamaChatClient client, string question, ChatResponse response)
    {
        var said = response.AdditionalProperties![GenerationOptionNames.LogProbs].ShouldBeAssignableTo<IReadOnlyList<TokenLogProb>>()!;
        var alone = await client.ScoreAsync([new ChatMessage(ChatRole.User, question)], [response.Text], Greedy(1, "judge"), Token);

        Math.Abs(alone[0].Tokens - said.Count).ShouldBeLessThan(3);
        alone[0].MeanLogProbability.ShouldBe(said.Average(logProb => logProb.LogProb), 0.1);
    }

    private static ChatOptions LogProbs(ChatOptions options)
    {
        options.AdditionalProperties![GenerationOptionNames.TopLogProbs] = 0;
        return options;
    }

    private LlamaEngine Engine(int contextTokens = 2048) =>
        new(models.Chat, new LlamaEngineOptions { ContextTokens = contextTokens, Threads = 1 });

    private static LlamaChatClient Client(LlamaEngine engine) => new(engine, new ChatMlTemplate());

    private static ChatOptions Greedy(int maxTokens, string tenant = "") => new()
    {
        Temperature = 0,
        MaxOutputTokens = maxTokens,
        AdditionalProperties = new AdditionalPropertiesDictionary { [GenerationOptionNames.Tenant] = tenant },
    };

    /// <summary>An answer that only the context ends: the tokens that end a turn are banned.</summary>
    private ChatOptions Unending(string tenant = "")
    {
        var options = Greedy(int.MaxValue, tenant);
        options.AdditionalProperties![GenerationOptionNames.LogitBias] = Enumerable.Range(0, models.Chat.VocabularySize)
            .Where(models.Chat.Tokenizer.IsEnd)
            .ToDictionary(token => token, _ => -100.0);
        return options;
    }

    private static async Task ReadTextAsync(IAsyncEnumerator<ChatResponseUpdate> stream, int pieces)
    {
        while (pieces > 0 && await stream.MoveNextAsync())
        {
            pieces -= stream.Current.Text.Length > 0 ? 1 : 0;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
