using GenAI.Gateway.Hosting;
using GenAI.Gateway.Models;

namespace GenAI.Gateway.Tests.Models;

public sealed class ModelsOptionsValidatorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("genai-models-").FullName;

    public ModelsOptionsValidatorTests() => File.WriteAllText(Path.Combine(_folder, "local.gguf"), "GGUF");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("local", "a model on disk")]
    [InlineData("far", "Models:Remote:0")]
    [InlineData(ExtractiveChatClient.ModelId, "built in")]
    public void Validate_AliasWithTheNameOfAModel_IsRefused(string name, string whose)
    {
        var options = new ModelsOptions { Remote = { Remote("far") }, Aliases = { [name] = new AliasSettings { Model = "far" } } };

        var failure = Failures(options).ShouldHaveSingleItem();

        failure.ShouldContain($"Models:Aliases:{name}");
        failure.ShouldContain(whose);
        failure.ShouldContain("another name");
    }

    [Theory]
    [InlineData("local")]
    [InlineData("far")]
    public void Validate_RemoteModelWhoseNameIsTaken_IsRefused(string name) =>
        Failures(new ModelsOptions { Remote = { Remote("far"), Remote(name) } }).ShouldHaveSingleItem().ShouldContain($"Models:Remote:1:Name is '{name}'");

    [Fact]
    public void Validate_RemoteEmbedderWithoutDimensions_IsRefused()
    {
        var remote = Remote("far");
        remote.Kind = ModelKind.Embedding;

        Failures(new ModelsOptions { Remote = { remote } }).ShouldHaveSingleItem().ShouldContain("Models:Remote:0:Dimensions is missing");
        remote.Dimensions = 8;
        Failures(new ModelsOptions { Remote = { remote } }).ShouldBeEmpty();
    }

    [Fact]
    public void Validate_NamesOfTheirOwn_Pass() =>
        Failures(new ModelsOptions { Remote = { Remote("far") }, Aliases = { ["handbook"] = new AliasSettings { Model = "local" } } }).ShouldBeEmpty();

    private IEnumerable<string> Failures(ModelsOptions options) =>
        new ModelsOptionsValidator(new GatewayPaths(_folder, [_folder])).Validate(null, options).Failures ?? [];

    private static RemoteModelSettings Remote(string name) => new() { Name = name, BaseUrl = "http://127.0.0.1:1/v1" };
}
