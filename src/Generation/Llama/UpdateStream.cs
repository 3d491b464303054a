using System.Globalization;
using GenAI.Generation.Llama.Scheduling;
using GenAI.Generation.Llama.Text;
using GenAI.Generation.Structured;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Llama;

/// <summary>Shapes the updates of one answer.</summary>
internal sealed class UpdateStream(string modelId, DateTimeOffset createdAt, IOutputParser? parser)
{
    private readonly string _id = "chatcmpl-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
    private readonly List<TokenLogProb> _waiting = [];
    private bool _calledTools;

    public ChatResponseUpdate Admitted() => Update([]);

    /// <summary>Null when the parser holds the piece back.</summary>
    public ChatResponseUpdate? Next(GeneratedPiece piece)
    {
        _waiting.AddRange(piece.LogProbs);
        IReadOnlyList<AIContent> contents = parser is null ? [new TextContent(piece.Text)] : parser.Push(piece.Text);
        return contents.Count == 0 ? null : WithLogProbs(Update(contents));
    }

    public ChatResponseUpdate End(GenerationResult result)
    {
        var contents = new List<AIContent>(parser?.Complete() ?? []);
        contents.Add(new UsageContent(Usage(result)));
        var update = WithLogProbs(Update(contents));
        update.FinishReason = (result.Finish, _calledTools) switch
        {
            (GenerationFinish.Length, _) => ChatFinishReason.Length,
            (_, true) => ChatFinishReason.ToolCalls,
            _ => ChatFinishReason.Stop,
        };
        (update.AdditionalProperties ??= [])[GenerationOptionNames.QueueMilliseconds] = result.Queued.TotalMilliseconds;
        return update;
    }

    public static LlamaRequestEnd Summary(string modelId, GenerationResult result, ChatOptions? options) =>
        new(modelId, Usage(result), result.Finish == GenerationFinish.Cancelled, result.Queued, options);

    private static UsageDetails Usage(GenerationResult result) => new()
    {
        InputTokenCount = result.PromptTokens,
        OutputTokenCount = result.GeneratedTokens,
        TotalTokenCount = result.PromptTokens + result.GeneratedTokens,
        CachedInputTokenCount = result.CachedTokens,
    };

    private ChatResponseUpdate Update(IReadOnlyList<AIContent> contents)
    {
        _calledTools |= contents.Any(content => content is FunctionCallContent);
        return new ChatResponseUpdate(ChatRole.Assistant, [.. contents])
        {
            ResponseId = _id,
            MessageId = _id,
            ModelId = modelId,
            CreatedAt = createdAt,
        };
    }

    private ChatResponseUpdate WithLogProbs(ChatResponseUpdate update)
    {
        if (_waiting.Count > 0)
        {
            (update.AdditionalProperties ??= [])[GenerationOptionNames.LogProbs] = _waiting.ToList();
            _waiting.Clear();
        }

        return update;
    }
}
