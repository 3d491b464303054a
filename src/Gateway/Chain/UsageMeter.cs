using GenAI.Generation;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chain;

/// <summary>
/// Counts what a model made, right behind it, so that a stream that is cut is billed too: by the engine's own counters
/// where they arrived, else by the model's tokenizer over the text it gave.
/// </summary>
internal sealed class UsageMeter
{
    private readonly List<string> _pieces = [];
    private UsageDetails? _reported;
    private ITextTokenizer? _tokenizer;
    private long? _countedInput;

    /// <summary>True when the figures are the engine's own.</summary>
    public bool IsReported => _reported is not null;

    /// <summary>True when a model took part at all.</summary>
    public bool ModelRan { get; private set; }

    public long InputTokens => _reported?.InputTokenCount ?? _countedInput ?? 0;

    public long CachedInputTokens => _reported?.CachedInputTokenCount ?? 0;

    public long OutputTokens => _reported?.OutputTokenCount ?? CountOutput();

    /// <summary>Called when the model is asked. The tokenizer is used only if the engine's counters never come.</summary>
    public void Start(ITextTokenizer? tokenizer, IEnumerable<ChatMessage> messages)
    {
        ModelRan = true;
        _tokenizer = tokenizer;
        _messages = messages;
    }

    private IEnumerable<ChatMessage>? _messages;

    public void Add(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            switch (contents[i])
            {
                case UsageContent usage:
                    _reported = usage.Details;
                    break;
                case TextContent { Text.Length: > 0 } text:
                    _pieces.Add(text.Text);
                    break;
                case TextReasoningContent { Text.Length: > 0 } reasoning:
                    _pieces.Add(reasoning.Text);
                    break;
            }
        }
    }

    public void Report(UsageDetails? usage) => _reported = usage ?? _reported;

    /// <summary>Estimates what no engine reported. Call it once, when the call has ended.</summary>
    public void Close()
    {
        if (_reported is null && ModelRan && _tokenizer is not null && _messages is not null)
        {
            _countedInput = _messages.Sum(message => (long)(Count(message.Text) ?? 0));
        }
    }

    // Without a tokenizer a piece is a token, which it is for every engine that streams token by token.
    private long CountOutput() => Count(string.Concat(_pieces)) ?? _pieces.Count;

    /// <summary>Null where the tokenizer is not there, or no longer: a server that stops unloads its models first.</summary>
    private int? Count(string text)
    {
        try
        {
            return _tokenizer?.Count(text);
        }
        catch (GenerationException)
        {
            return null;
        }
    }
}
