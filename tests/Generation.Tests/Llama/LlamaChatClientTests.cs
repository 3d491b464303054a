using GenAI.Generation.Llama;
using GenAI.Generation.Structured;
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
        _engine = new LlamaEngine(models.Chat, new LlamaEngineOptions { ContextTokens = 2048, Threads = 1 });
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

    [Theory]
    [InlineData(null, null, 256, 270)]
    [InlineData(null, 48, 48, 60)]
    [InlineData(400, null, 400, 400)]
    [InlineData(400, 48, 48, 60)]
    public async Task GetResponse_GoesRoundInCircles_EndsAtItsLimit(int? maxTokens, int? limit, int least, int most)
    {
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = maxTokens, AdditionalProperties = new() { [GenerationOptionNames.Grammar] = "root ::= \"la \" root" } };
        if (limit is not null)
        {
            options.AdditionalProperties[GenerationOptionNames.RepetitionLimit] = limit;
        }

        var response = await _client.GetResponseAsync("Sing.", options, Token);

        response.FinishReason.ShouldBe(ChatFinishReason.Length);
        response.Usage!.OutputTokenCount!.Value.ShouldBeInRange(least, most);
    }

    [Fact]
    public async Task GetResponse_RepetitionLimitOfZero_FillsTheContext()
    {
        await using var engine = new LlamaEngine(models.Chat, new LlamaEngineOptions { ContextTokens = 512, Threads = 1 });
        using var client = new LlamaChatClient(engine, new ChatMlTemplate());
        var options = new ChatOptions
        {
            Temperature = 0,
            AdditionalProperties = new() { [GenerationOptionNames.Grammar] = "root ::= \"la \" root", [GenerationOptionNames.RepetitionLimit] = 0 },
        };

        var response = await client.GetResponseAsync("Sing.", options, Token);

        response.Usage!.TotalTokenCount.ShouldBe(512);
    }

    [Fact]
    public async Task GetResponse_SamePromptGreedy_GivesTheSameText()
    {
        var first = await _client.GetResponseAsync("Tell me about the sea.", Greedy(40), Token);
        var second = await _client.GetResponseAsync("Tell me about the sea.", Greedy(40), Token);

        second.Text.ShouldBe(first.Text);
    }

    [Fact]
    public async Task GetResponse_StopString_EndsBeforeItAndDoesNotShowIt()
    {
        var whole = (await _client.GetResponseAsync("Count from one to ten.", Greedy(40), Token)).Text;
        var stop = whole[(whole.Length / 2)..][..6];
        var options = Greedy(40);
        options.StopSequences = [stop];

        var response = await _client.GetResponseAsync("Count from one to ten.", options, Token);

        response.Text.ShouldBe(whole[..whole.IndexOf(stop, StringComparison.Ordinal)]);
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
    }

    [Fact]
    public async Task GetResponse_Grammar_IsFollowed()
    {
        var options = With(new ChatOptions { Temperature = 1, Seed = 5, MaxOutputTokens = 40 }, GenerationOptionNames.Grammar, """root ::= "Answer: " ("yes" | "no" | "maybe") "!" """);

        var response = await _client.GetResponseAsync("Is water wet?", options, Token);

        response.Text.ShouldBeOneOf("Answer: yes!", "Answer: no!", "Answer: maybe!");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
    }

    [Fact]
    public async Task GetResponse_GrammarOfCharacters_IsFollowedAcrossPieces()
    {
        var options = With(Greedy(24), GenerationOptionNames.Grammar, "root ::= [0-9]+ (\", \" [0-9]+)*");

        (await _client.GetResponseAsync("Count from one to ten.", options, Token)).Text.ShouldMatch("^[0-9]+(, [0-9]+)*(,? ?)$");
    }

    [Theory]
    [InlineData(GenerationOptionNames.Grammar, "root ::= (unclosed")]
    [InlineData(GenerationOptionNames.Grammar, "nothing ::= \"x\"")]
    [InlineData(GenerationOptionNames.MinP, 2.0)]
    [InlineData(GenerationOptionNames.TopLogProbs, 21)]
    public async Task GetResponse_InvalidOption_IsRefused(string name, object value)
    {
        var failure = await Should.ThrowAsync<GenerationException>(() => _client.GetResponseAsync("Hello", With(Greedy(4), name, value), Token));

        failure.Failure.ShouldBe(GenerationFailure.InvalidRequest);
        failure.Message.ShouldContain(name);
    }

    [Fact]
    public async Task GetResponse_LogProbs_CoverTheText()
    {
        var response = await _client.GetResponseAsync("What is the capital of France?", With(Greedy(12), GenerationOptionNames.TopLogProbs, 3), Token);

        var logProbs = response.AdditionalProperties![GenerationOptionNames.LogProbs].ShouldBeAssignableTo<IReadOnlyList<TokenLogProb>>()!;
        string.Concat(logProbs.Select(logProb => logProb.Token)).ShouldBe(response.Text);
        logProbs.ShouldAllBe(logProb => logProb.LogProb <= 0 && logProb.Top.Count == 3 && logProb.Top[0].LogProb >= logProb.Top[2].LogProb);

        // Greedy: the chosen token is the likeliest.
        logProbs.ShouldAllBe(logProb => logProb.Top[0].LogProb == logProb.LogProb);
    }

    [Fact]
    public async Task Complete_RawText_IsContinuedWithoutATemplate()
    {
        var response = await _client.CompleteAsync("The days of the week are Monday, Tuesday,", Greedy(6), Token);

        response.Text.ShouldContain("Wednesday");
    }

    [Fact]
    public async Task Score_Continuations_PrefersTheTrueOne()
    {
        var scores = await _client.ScoreAsync("The capital of France is", [" Paris", " Banana", " Paris, a city on the river Seine.", ""], cancellationToken: Token);

        scores[0].LogProbability.ShouldBeGreaterThan(scores[1].LogProbability);
        scores[0].LogProbability.ShouldBeLessThan(0);
        scores[2].Tokens.ShouldBeGreaterThan(5);
        scores[3].ShouldBe(new ContinuationScore("", 0, 0));
        var again = await _client.ScoreAsync("The capital of France is", [" Banana", " Paris"], cancellationToken: Token);
        again[1].LogProbability.ShouldBe(scores[0].LogProbability, 0.02);
        again[0].LogProbability.ShouldBe(scores[1].LogProbability, 0.02);
    }

    [Fact]
    public async Task Score_OneToken_EqualsTheLogProbabilityOfGenerating()
    {
        var generated = await _client.CompleteAsync("The capital of France is", With(Greedy(1), GenerationOptionNames.TopLogProbs, 0), Token);
        var logProb = generated.AdditionalProperties![GenerationOptionNames.LogProbs].ShouldBeAssignableTo<IReadOnlyList<TokenLogProb>>()!.Single();
        var score = await _client.ScoreAsync("The capital of France is", [generated.Text], cancellationToken: Token);

        score[0].LogProbability.ShouldBe(logProb.LogProb, 0.02);
    }

    [Fact]
    public async Task RequestEnded_CancelledStream_TellsWhatRan()
    {
        var ends = new List<LlamaRequestEnd>();
        using var client = new LlamaChatClient(_engine, new ChatMlTemplate(), new LlamaChatClientOptions { RequestEnded = ends.Add });
        var stream = client.GetStreamingResponseAsync("Write a long story.", Greedy(500), Token).GetAsyncEnumerator(Token);
        for (var i = 0; i < 5; i++)
        {
            (await stream.MoveNextAsync()).ShouldBeTrue();
        }

        await stream.DisposeAsync();

        var end = ends.ShouldHaveSingleItem();
        end.Cancelled.ShouldBeTrue();
        end.Usage.OutputTokenCount!.Value.ShouldBeInRange(4, 499);
        end.Usage.InputTokenCount!.Value.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData(200, "tool_calls")]
    [InlineData(12, "length")]
    public async Task GetResponse_ToolCall_IsParsedUnlessItWasCut(int maxTokens, string finish)
    {
        const string Call = """<tool_call>{"name": "weather", "arguments": {"city": "Rome"}}</tool_call>""";
        using var client = new LlamaChatClient(_engine, new ChatMlTemplate(), new LlamaChatClientOptions { OutputParser = OutputParsers.For(models.Chat.ChatTemplate!) });
        var options = With(Greedy(maxTokens), GenerationOptionNames.Grammar, "root ::= \"" + Call.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"");
        options.Tools = [new WeatherTool()];

        var response = await client.GetResponseAsync("What is the weather in Rome?", options, Token);

        response.FinishReason.ShouldNotBeNull().Value.ShouldBe(finish);
        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        calls.Count.ShouldBe(finish == "length" ? 0 : 1);
        calls.ForEach(call => call.Arguments!["city"]!.ToString().ShouldBe("Rome"));
        response.Text.ShouldBe(finish == "length" ? Call[..response.Text.Length] : string.Empty);
    }

    [Fact]
    public void GetService_KnownTypes_AreAnswered()
    {
        _client.GetService(typeof(ITextTokenizer)).ShouldBe(models.Chat.Tokenizer);
        _client.GetService(typeof(LlamaModel)).ShouldBe(models.Chat);
        _client.GetService(typeof(IChatClient)).ShouldBe(_client);
        _client.GetService(typeof(ChatClientMetadata)).ShouldBeOfType<ChatClientMetadata>().DefaultModelId.ShouldBe(models.Chat.Name);
        _client.GetService(typeof(string)).ShouldBeNull();
    }

    private static ChatOptions With(ChatOptions options, string name, object value)
    {
        (options.AdditionalProperties ??= [])[name] = value;
        return options;
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

    private sealed class WeatherTool : AIFunctionDeclaration
    {
        public override string Name => "weather";
    }
}
