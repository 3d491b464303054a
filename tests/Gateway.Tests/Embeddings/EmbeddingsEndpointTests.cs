using System.Text.Json;
using GenAI.Gateway.Models;
using GenAI.Gateway.Tests.Support;
using GenAI.Generation.Llama;

namespace GenAI.Gateway.Tests.Embeddings;

public sealed class EmbeddingsEndpointTests : IDisposable
{
    private const string Path = "/v1/embeddings";

    private readonly FakeEmbedder _embedder = new();

    public void Dispose() => _embedder.Dispose();

    [Fact]
    public async Task Embed_Float_KeepsTheOrder()
    {
        await using var gateway = await StartAsync();

        var response = await gateway.Http.PostAsync(Path, """{"model":"e","input":["a","bcd"]}""");

        response.Body.ShouldBe(
            """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1.5,0]},{"object":"embedding","index":1,"embedding":[3.5,1]}],"model":"e","usage":{"prompt_tokens":5,"total_tokens":5}}""");
    }

    [Fact]
    public async Task Embed_Base64_IsLittleEndianFloats()
    {
        await using var gateway = await StartAsync();

        var response = await gateway.Http.PostAsync(Path, """{"model":"e","input":"abc","encoding_format":"base64"}""");

        var bytes = response.Json.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        bytes.ShouldBe([0, 0, 0x60, 0x40, 0, 0, 0, 0]);
    }

    [Fact]
    public async Task Embed_NullFormatAndQueryKind_AreUnderstood()
    {
        await using var gateway = await StartAsync();

        var response = await gateway.Http.PostAsync(Path, """{"model":"e","input":"abc","encoding_format":null,"input_type":"query","dimensions":null}""");

        response.Json.GetProperty("data")[0].GetProperty("embedding").ValueKind.ShouldBe(JsonValueKind.Array);
        _embedder.Options!.AdditionalProperties![LlamaEmbeddingGenerator.InputKind].ShouldBe("query");
    }

    [Theory]
    [InlineData("""{"model":"e"}""", "input")]
    [InlineData("""{"model":"e","input":""}""", "input")]
    [InlineData("""{"model":"e","input":[]}""", "input")]
    [InlineData("""{"model":"e","input":["a",""]}""", "input[1]")]
    [InlineData("""{"model":"e","input":["a",1]}""", "input[1]")]
    [InlineData("""{"model":"e","input":[[1],[]]}""", "input[1]")]
    [InlineData("""{"model":"e","input":[1,2]}""", "input")]
    [InlineData("""{"model":"e","input":"a","encoding_format":"hex"}""", "encoding_format")]
    [InlineData("""{"model":"m","input":"a"}""", "model")]
    public async Task Embed_WrongInput_NamesTheField(string body, string param)
    {
        await using var gateway = await StartAsync();

        var response = await gateway.Http.PostAsync(Path, body);

        response.Status.ShouldBe(400);
        response.Error.GetProperty("param").GetString().ShouldBe(param);
    }

    [Fact]
    public async Task Embed_TooManyInputs_Is400()
    {
        await using var gateway = await StartAsync();

        var response = await gateway.Http.PostAsync(Path, $$"""{"model":"e","input":[{{string.Join(',', Enumerable.Repeat("\"a\"", 2049))}}]}""");

        response.Status.ShouldBe(400);
        response.Error.GetProperty("message").GetString()!.ShouldContain("2048");
    }

    private async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync(new FakeChatClient());
        gateway.Registry.Add(new ModelInfo("e", ModelKind.Embedding) { Dimensions = 2 }, _embedder);
        return gateway;
    }
}
