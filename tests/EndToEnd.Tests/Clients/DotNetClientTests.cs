using System.ClientModel;
using GenAI.EndToEnd.Tests.Gateway;
using OpenAI;
using OpenAI.Chat;

namespace GenAI.EndToEnd.Tests.Clients;

/// <summary>The official .NET client against the program.</summary>
public sealed class DotNetClientTests
{
    private const string EmbeddingModel = "bge-small-en-v1.5-Q8_0";
    private const string ChatModel = "SmolLM2-135M-Instruct-Q4_1";

    private readonly OpenAIClient _client;

    public DotNetClientTests(GatewayProcess gateway) => _client = new OpenAIClient(
        new ApiKeyCredential("none"),
        new OpenAIClientOptions { Endpoint = gateway.ApiAddress, RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CompleteChat_Question_AnswersWithUsage()
    {
        var completion = (await _client.GetChatClient(ChatModel).CompleteChatAsync(
            [new UserChatMessage("Say hello in one short sentence.")],
            new ChatCompletionOptions { MaxOutputTokenCount = 24, Temperature = 0 },
            CancellationToken)).Value;

        completion.Content[0].Text.ShouldNotBeEmpty();
        completion.Usage.TotalTokenCount.ShouldBe(completion.Usage.InputTokenCount + completion.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task CompleteChatStreaming_SameQuestion_SaysTheSame()
    {
        var chat = _client.GetChatClient(ChatModel);
        ChatMessage[] messages = [new UserChatMessage("Say hello in one short sentence.")];
        var options = new ChatCompletionOptions { MaxOutputTokenCount = 24, Temperature = 0 };
        var whole = (await chat.CompleteChatAsync(messages, options, CancellationToken)).Value.Content[0].Text;

        var text = string.Empty;
        ChatFinishReason? finish = null;
        await foreach (var update in chat.CompleteChatStreamingAsync(messages, options, CancellationToken))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finish = update.FinishReason ?? finish;
        }

        text.ShouldBe(whole);
        finish.ShouldNotBeNull();
    }

    [Fact]
    public async Task GenerateEmbeddings_Texts_HaveTheModelsLength()
    {
        var vectors = (await _client.GetEmbeddingClient(EmbeddingModel).GenerateEmbeddingsAsync(["one", "two"], cancellationToken: CancellationToken)).Value;

        vectors.Count.ShouldBe(2);
        vectors[0].ToFloats().Length.ShouldBe(384);
    }

    [Fact]
    public async Task Files_UploadAndDelete_RoundTrip()
    {
        var files = _client.GetOpenAIFileClient();
        var file = (await files.UploadFileAsync(BinaryData.FromString("hello").ToStream(), "note.txt", OpenAI.Files.FileUploadPurpose.Assistants, CancellationToken)).Value;

        (await files.DownloadFileAsync(file.Id, CancellationToken)).Value.ToString().ShouldBe("hello");
        (await files.DeleteFileAsync(file.Id, CancellationToken)).Value.Deleted.ShouldBeTrue();
    }

    [Fact]
    public async Task CompleteChat_UnknownModel_IsANotFoundThatNamesTheModels()
    {
        var failure = await Should.ThrowAsync<ClientResultException>(() => _client.GetChatClient("no-such-model")
            .CompleteChatAsync([new UserChatMessage("hi")], cancellationToken: CancellationToken));

        failure.Status.ShouldBe(404);
        failure.Message.ShouldContain(ChatModel);
    }
}
