using System.Runtime.CompilerServices;
using GenAI.Gateway.Chain;
using GenAI.Retrieval.Answers;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Models;

/// <summary>
/// The answerer that needs no model file. Over documents the retrieval decorator answers before it is asked; what is
/// left for it are questions that no document can be searched for, and it says so.
/// </summary>
internal sealed class ExtractiveChatClient(TimeProvider clock) : IChatClient
{
    public const string ModelId = "genai-extractive";

    private const string NoDocuments =
        "I answer with sentences from documents, and there are none to search. Upload files to a vector store, and name it in vector_store_ids.";

    public static ModelInfo Info { get; } = new(ModelId, ModelKind.Extractive)
    {
        OwnedBy = "genai",
        DisplayName = "Extractive answers (no language model)",
        Description = "Answers with the best supported sentences of your documents, word for word and cited. It writes nothing of its own.",
        Capabilities = ["file_search"],
        AnswerPolicy = AnswerPolicyNames.Extractive,
    };

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new[] { Update() }.ToChatResponse());

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return Update();
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Holds nothing.
    }

    private ChatResponseUpdate Update() => new(ChatRole.Assistant, [new TextContent(NoDocuments), new UsageContent(new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 })])
    {
        CreatedAt = clock.GetUtcNow(),
        ModelId = ModelId,
        FinishReason = ChatFinishReason.Stop,
        AdditionalProperties = new AdditionalPropertiesDictionary { [ChainPropertyNames.AnswerPolicy] = AnswerPolicyNames.Extractive },
    };
}
