using GenAI.Gateway.Documents;
using GenAI.Gateway.Models;
using GenAI.Gateway.Tests.Support;
using GenAI.Generation;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Tests.Models;

public sealed class ModelContextMeterTests
{
    private readonly ModelRegistry _registry = new();

    [Fact]
    public void For_LocalModelAndItsAlias_MeasuresByTheModelsTokens()
    {
        _registry.Add(new ModelInfo("local", ModelKind.Chat) { ContextTokens = 512, Capabilities = ["chat", ModelInfo.Reasoning] }, new TokenizingClient());
        _registry.Add(new ModelInfo("name", ModelKind.Chat) { AliasOf = "local" }, new FakeChatClient());

        foreach (var name in new[] { "local", "name" })
        {
            var meter = new ModelContextMeter(_registry).For(name).ShouldNotBeNull();
            meter.Tokens.ShouldBe(512);
            meter.Reasons.ShouldBeTrue();
            meter.Count("four").ShouldBe(4);
        }
    }

    [Fact]
    public void For_ModelWhoseTokensAreNotKnown_IsNull()
    {
        _registry.Add(new ModelInfo("remote", ModelKind.Chat) { ContextTokens = 512 }, new FakeChatClient());
        _registry.Add(new ModelInfo("sizeless", ModelKind.Chat), new TokenizingClient());
        _registry.Announce(new ModelInfo("loading", ModelKind.Chat) { ContextTokens = 512 });
        var meter = new ModelContextMeter(_registry);

        foreach (var name in new[] { "remote", "sizeless", "loading", "unknown", null })
        {
            meter.For(name).ShouldBeNull();
        }
    }

    /// <summary>A model with a token for every letter.</summary>
    private sealed class TokenizingClient() : DelegatingChatClient(new FakeChatClient()), ITextTokenizer
    {
        public int Count(ReadOnlySpan<char> text) => text.Length;
    }
}
