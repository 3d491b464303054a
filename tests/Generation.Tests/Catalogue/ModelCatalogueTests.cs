using GenAI.Generation.Catalogue;

namespace GenAI.Generation.Tests.Catalogue;

public sealed class ModelCatalogueTests
{
    [Fact]
    public void List_StarterModels_JoinsPartsAndTellsKinds()
    {
        var models = new ModelCatalogue([Repository.Models]).List();

        models.Select(model => (model.Id, model.Kind, model.Files.Count, model.Problem)).ShouldBe(
        [
            ("bge-small-en-v1.5-Q8_0", ModelKind.Embedding, 1, null),
            ("SmolLM2-135M-Instruct-Q4_1", ModelKind.Chat, 2, null),
        ]);
        models[1].ParameterCount.ShouldBe(134_515_008);
    }

    [Fact]
    public void List_PartMissing_KeepsTheModelWithItsProblem()
    {
        using var folder = new TemporaryFolder();
        File.Copy(
            Path.Combine(Repository.Models, "SmolLM2-135M-Instruct-Q4_1-00001-of-00002.gguf"),
            Path.Combine(folder.Path, "SmolLM2-135M-Instruct-Q4_1-00001-of-00002.gguf"));

        new ModelCatalogue([folder.Path]).List().ShouldHaveSingleItem().Problem.ShouldBe("1 of 2 parts are there");
    }

    [Fact]
    public void List_NoFolder_IsEmpty() =>
        new ModelCatalogue(["/nowhere/at/all"]).List().ShouldBeEmpty();

    [Fact]
    public void Get_UnknownModel_NamesThoseThereAre() =>
        Should.Throw<GenerationException>(() => new ModelCatalogue([Repository.Models]).Get("gpt-5"))
            .Message.ShouldContain("SmolLM2-135M-Instruct-Q4_1");

    [Fact]
    public async Task Verify_StarterModels_AreIntact()
    {
        var catalogue = new ModelCatalogue([Repository.Models]);
        foreach (var model in catalogue.List())
        {
            var results = await ModelVerification.VerifyAsync(model, TestContext.Current.CancellationToken);

            results.ShouldAllBe(result => result.IsKnown && result.IsIntact);
        }
    }

    [Fact]
    public async Task Verify_ChangedByte_IsNotIntact()
    {
        using var folder = new TemporaryFolder();
        var copy = Path.Combine(folder.Path, "bge-small-en-v1.5-Q8_0.gguf");
        File.Copy(Path.Combine(Repository.Models, "bge-small-en-v1.5-Q8_0.gguf"), copy);
        File.Copy(Path.Combine(Repository.Models, ModelManifest.FileName), Path.Combine(folder.Path, ModelManifest.FileName));
        await using (var stream = File.OpenWrite(copy))
        {
            stream.Seek(-1, SeekOrigin.End);
            stream.WriteByte(0x5a);
            stream.Seek(-2, SeekOrigin.End);
            stream.WriteByte(0xa5);
        }

        var model = new ModelCatalogue([folder.Path]).Get("bge-small-en-v1.5-q8_0");

        (await ModelVerification.VerifyAsync(model, TestContext.Current.CancellationToken))
            .ShouldHaveSingleItem().IsIntact.ShouldBeFalse();
    }

    [Fact]
    public void Remove_Model_TakesFilesAndHashes()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Repository.Models, "bge-small-en-v1.5-Q8_0.gguf"), Path.Combine(folder.Path, "bge-small-en-v1.5-Q8_0.gguf"));
        File.Copy(Path.Combine(Repository.Models, ModelManifest.FileName), Path.Combine(folder.Path, ModelManifest.FileName));
        var catalogue = new ModelCatalogue([folder.Path]);

        ModelCatalogue.Remove(catalogue.Get("bge-small-en-v1.5-Q8_0"));

        catalogue.List().ShouldBeEmpty();
        ModelManifest.Read(folder.Path).Keys.ShouldNotContain("bge-small-en-v1.5-Q8_0.gguf");
    }
}
