using Dapper;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Storage;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.Tests.VectorStores;

/// <summary>Stores whose vectors are of another model than the one that is loaded, or of none.</summary>
public sealed class VectorRenewalTests : IAsyncDisposable
{
    private readonly HashingEmbedder _later = new() { Name = "later", Dimensions = 32 };
    private readonly LibraryFixture _fixture = new(new HashingEmbedder { Name = "earlier" });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Start_OtherModel_SearchesByWordsUntilTheVectorsAreMadeAgain()
    {
        var store = await FilledAsync();
        var (begun, go) = Gate();

        await RestartAsync(_later);
        await begun.Task.WaitAsync(Token);

        var meanwhile = await SearchAsync(store, "walruses");
        (meanwhile[0].Document.FileName, meanwhile[0].LexicalRank, meanwhile[0].VectorRank).ShouldBe(("a.md", 1, null));
        _fixture.Library.Stores.Find(store.Id).FileCounts.ShouldBe(new FileCounts(0, 3, 0, 0));
        var job = Renewals().ShouldHaveSingleItem();
        (job.State, job.Stage, job.Label, job.ItemsDone, job.ItemsTotal).ShouldBe((JobState.Running, JobStage.Embedding, "docs", 0, 3));
        go.SetResult();
        var done = (await _fixture.Library.Runner.WaitAsync(job.Id, Token))!;
        (done.State, done.ItemsDone, done.ItemsTotal).ShouldBe((JobState.Done, 3, 3));
        await ShouldBeWholeAsync(store, "later");
    }

    [Fact]
    public async Task Start_ModelWhereNoneWas_GivesVectorsToWhatIsThere()
    {
        _fixture.Models = new NoModel();
        await _fixture.RestartAsync();
        var store = await FilledAsync();
        (await SearchAsync(store, "walruses"))[0].VectorRank.ShouldBeNull();

        await RestartAsync(_later);
        await WaitAsync();

        await ShouldBeWholeAsync(store, "later");
    }

    [Fact]
    public async Task Start_SameModel_LeavesAStoreAlone()
    {
        var store = await FilledAsync();

        await _fixture.RestartAsync();

        Renewals().ShouldBeEmpty();
        Collection(store).Config.Id.ShouldBe(store.CollectionId);
    }

    [Fact]
    public async Task Start_AnotherModelOfTheSameName_IsTold()
    {
        var store = await FilledAsync();

        await RestartAsync(new HashingEmbedder { Name = "earlier", Seed = 5381 });
        await WaitAsync();

        Renewals().ShouldHaveSingleItem().ItemsDone.ShouldBe(3);
        await ShouldBeWholeAsync(store, "earlier");
    }

    [Fact]
    public async Task Start_ModelThatDoesNotAnswer_IsToldByItsName()
    {
        var store = await FilledAsync();
        await RestartAsync(new HashingEmbedder { Name = "earlier" });

        await RestartAsync(new HashingEmbedder { Name = "earlier", Seed = 5381, Before = (_, _) => throw new HttpRequestException("away") });

        Renewals().ShouldBeEmpty();
        Collection(store).DocumentsWithoutVectors().ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_FilesThatCameWithoutTheModel_AreEmbeddedOnceItIsThere()
    {
        var store = await FilledAsync();
        await RestartAsync(new NoModel());
        var file = await _fixture.IngestAsync(store.Id, "d.md", "Otters hold hands.");
        file.Job.State.ShouldBe(JobState.Done);
        Collection(store).DocumentsWithoutVectors().Select(document => document.Id).ShouldBe([file.FileId]);

        await RestartAsync(new HashingEmbedder { Name = "earlier" });
        await WaitAsync();

        await ShouldBeWholeAsync(store, "earlier");
    }

    [Fact]
    public async Task RunAsync_NewFileMeanwhile_GoesBeforeTheOldOnes()
    {
        var store = await FilledAsync();
        var (begun, go) = Gate();
        await RestartAsync(_later);
        await begun.Task.WaitAsync(Token);
        var upload = await _fixture.UploadAsync("new.md", "Otters hold hands.");
        var added = await _fixture.Library.StoreFiles.AddAsync(store.Id, new FileToAdd(upload.Id, AttributesJson.None), Token);
        while (_fixture.Library.Jobs.Find(added.Job.Id)!.Step == 0)
        {
            await Task.Yield();
        }

        go.SetResult();
        (await _fixture.Library.Runner.WaitAsync(added.Job.Id, Token))!.State.ShouldBe(JobState.Done);
        await WaitAsync();

        await ShouldBeWholeAsync(store, "later");
        var passages = _later.Texts.Where(text => !text.StartsWith("query: ", StringComparison.Ordinal)).ToList();
        passages.Count.ShouldBe(4);
        passages[1].ShouldContain("Otters");
    }

    [Fact]
    public async Task CancelAsync_Renewal_LeavesTheWordsAndStaysCancelledUntilItIsRetried()
    {
        var store = await FilledAsync();
        var (begun, go) = Gate();
        await RestartAsync(_later);
        await begun.Task.WaitAsync(Token);

        (await _fixture.Library.StoreFiles.CancelAsync(Renewals().Single().Id, Token)).ShouldBeTrue();
        await RestartAsync(_later);

        var job = Renewals().ShouldHaveSingleItem();
        job.State.ShouldBe(JobState.Cancelled);
        (await SearchAsync(store, "walruses"))[0].Document.FileName.ShouldBe("a.md");
        go.SetResult();
        _fixture.Library.Runner.Retry(job.Id).ShouldBeTrue();
        await WaitAsync();
        await ShouldBeWholeAsync(store, "later");
    }

    [Fact]
    public async Task RunAsync_OneFileThatFails_DoesTheOthersAndSaysSo()
    {
        var store = await FilledAsync();
        _later.Before = (texts, _) => texts.Any(text => text.Contains("Penguins")) ? throw new InvalidOperationException("no") : Task.CompletedTask;

        await RestartAsync(_later);
        await WaitAsync();

        Renewals().Single().Error!.Message.ShouldContain("1 file");
        Collection(store).DocumentsWithoutVectors().Count.ShouldBe(1);
        _later.Before = (_, _) => Task.CompletedTask;
        await RestartAsync(_later);
        await WaitAsync();
        await ShouldBeWholeAsync(store, "later");
    }

    [Fact]
    public async Task Start_RenewalThatTookTheProcessDownAgainAndAgain_IsLeftUntilItIsRetried()
    {
        var store = await FilledAsync();
        Gate();
        await RestartAsync(_later);
        var id = Renewals().Single().Id;
        await _fixture.CloseAsync();
        using (var database = Database.Open(_fixture.Folder, TimeProvider.System))
        {
            database.Write((connection, transaction) => connection.Execute("UPDATE jobs SET state = 'running', attempt = 3 WHERE id = @id", new { id }, transaction));
        }

        await RestartAsync(_later);
        await RestartAsync(_later);

        Renewals().Single().State.ShouldBe(JobState.Failed);
        (await SearchAsync(store, "walruses"))[0].Document.FileName.ShouldBe("a.md");
    }

    [Fact]
    public async Task DeleteAsync_StoreInRenewal_EndsItsJob()
    {
        var store = await FilledAsync();
        var (begun, _) = Gate();
        await RestartAsync(_later);
        await begun.Task.WaitAsync(Token);

        await _fixture.Library.Stores.DeleteAsync(store.Id, Token);

        Renewals().Single().State.ShouldBe(JobState.Cancelled);
        _fixture.Collections.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_StoreThatCannotBeMoved_KeepsItsVectorsAndHoldsNothingElseUp()
    {
        var store = await FilledAsync();
        _fixture.Created = async config => await _fixture.Collections.DeleteAsync(config.Id, Token);

        await RestartAsync(_later);

        Collection(store).Config.ShouldBe(new CollectionConfig(store.CollectionId, 64, "earlier"));
        Collection(store).DocumentsWithoutVectors().ShouldBeEmpty();
        (await _fixture.IngestAsync(store.Id, "d.md", "Otters hold hands.")).Job.State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task Start_StoreDeletedWhileItIsMoved_LeavesNoCopy()
    {
        var store = await FilledAsync();
        _fixture.Created = _ => _fixture.Library.Stores.DeleteAsync(store.Id, Token);

        await RestartAsync(_later);

        _fixture.Collections.List().ShouldBeEmpty();
    }

    private async Task<VectorStore> FilledAsync()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        await _fixture.IngestAsync(store.Id, "a.md", "Walruses sleep on ice.");
        await _fixture.IngestAsync(store.Id, "b.md", "Penguins walk far.");
        await _fixture.IngestAsync(store.Id, "c.md", "Gulls steal chips.");
        return store;
    }

    /// <summary>Holds the later model's passages back.</summary>
    private (TaskCompletionSource Begun, TaskCompletionSource Go) Gate()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _later.Before = (texts, token) =>
        {
            if (texts.Any(text => text.StartsWith("query: ", StringComparison.Ordinal)))
            {
                return Task.CompletedTask;
            }

            begun.TrySetResult();
            return go.Task.WaitAsync(token);
        };
        return (begun, go);
    }

    private Task RestartAsync(Pipelines.Ingestion.IEmbeddingModelSource model)
    {
        _fixture.Models = model;
        _fixture.Reader.Before = (name, _) => name is "a.md" or "b.md" or "c.md" ? throw new InvalidOperationException($"{name} was read again.") : Task.CompletedTask;
        return _fixture.RestartAsync();
    }

    private IReadOnlyList<Job> Renewals() => _fixture.Library.Jobs.OfKind(VectorRenewal.JobKind);

    private async Task WaitAsync()
    {
        foreach (var job in Renewals())
        {
            await _fixture.Library.Runner.WaitAsync(job.Id, Token);
        }
    }

    private async Task ShouldBeWholeAsync(VectorStore store, string model)
    {
        Collection(store).Config.EmbeddingModel.ShouldBe(model);
        Collection(store).DocumentsWithoutVectors().ShouldBeEmpty();
        _fixture.Collections.List().Count.ShouldBe(1);
        foreach (var (question, name) in new[] { ("walruses sleep", "a.md"), ("penguins walk", "b.md"), ("gulls steal", "c.md") })
        {
            var hit = (await SearchAsync(store, question))[0];
            (hit.Document.FileName, hit.LexicalRank, hit.VectorRank).ShouldBe((name, 1, 1));
        }
    }

    private Task<IReadOnlyList<SearchHit>> SearchAsync(VectorStore store, string question) =>
        _fixture.Library.Stores.SearchAsync([store.Id], question, null, null, 20, Token);

    private IDocumentCollection Collection(VectorStore store) =>
        _fixture.Collections.TryGet(_fixture.Library.Stores.Find(store.Id).CollectionId, out var collection) ? collection : throw new InvalidOperationException();
}
