using System.Diagnostics;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.VectorStores;

namespace GenAI.Pipelines.Tests.VectorStores;

public sealed class KillAndResumeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_AfterAKillDuringIngestion_GoesOnWithoutDoingFinishedFilesAgain()
    {
        await using var fixture = new LibraryFixture();
        var store = await fixture.StoreAsync();
        var files = new Dictionary<string, string>();
        foreach (var name in (string[])["good.md", "slow.md", "other.md"])
        {
            var file = await fixture.UploadAsync(name, $"This is the text about {name[..^3]} things.");
            await fixture.Library.StoreFiles.AddAsync(store.Id, new FileToAdd(file.Id, AttributesJson.None), Token);
            files[name] = file.Id;
        }

        await fixture.CloseAsync();
        await KillAsync(fixture.Folder, ["ended good.md", "began slow.md", "ended other.md"]);
        var read = new List<string>();
        fixture.Reader.Before = (name, _) =>
        {
            read.Add(name);
            return Task.CompletedTask;
        };

        await fixture.RestartAsync();
        await fixture.WaitForAllAsync(store.Id);

        read.ShouldBe(["slow.md"]);
        fixture.Library.Stores.Find(store.Id).FileCounts.ShouldBe(new FileCounts(0, 3, 0, 0));
        fixture.Library.StoreFiles.Find(store.Id, files["slow.md"]).Job.Attempt.ShouldBe(2);
        fixture.Library.StoreFiles.Find(store.Id, files["good.md"]).Job.ShouldSatisfyAllConditions(job => job.State.ShouldBe(JobState.Done), job => job.Attempt.ShouldBe(1));
        foreach (var name in files.Keys)
        {
            (await fixture.SearchAsync(store.Id, name[..^3]))[0].ShouldBe(name);
        }
    }

    [Fact]
    public async Task Start_AfterAKillBetweenWordsAndVectors_BringsTheVectorsWithoutReadingAgain()
    {
        await using var fixture = new LibraryFixture();
        var store = await fixture.StoreAsync();
        var file = await fixture.UploadAsync("night.md", "The lift is endless.");
        await fixture.Library.StoreFiles.AddAsync(store.Id, new FileToAdd(file.Id, AttributesJson.None), Token);
        await fixture.CloseAsync();
        await KillAsync(fixture.Folder, ["embeds endless"]);
        fixture.Reader.Before = (name, _) => throw new InvalidOperationException($"{name} was read again.");

        await fixture.RestartAsync();
        await fixture.WaitForAllAsync(store.Id);

        fixture.Library.StoreFiles.Find(store.Id, file.Id).Job.State.ShouldBe(JobState.Done);
        var hit = (await fixture.Library.Stores.SearchAsync([store.Id], "endless lift", null, null, 5, Token)).ShouldHaveSingleItem();
        (hit.LexicalRank, hit.VectorRank).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Start_AfterAKillDuringRenewal_EmbedsOnlyWhatWasLeft()
    {
        await using var fixture = await new LibraryFixture(new HashingEmbedder { Name = "earlier", Dimensions = 16 }).StartAsync();
        var store = await fixture.StoreAsync();
        await fixture.IngestAsync(store.Id, "first.md", "Walruses sleep on ice.");
        await fixture.IngestAsync(store.Id, "second.md", "Penguins are endless.");
        await fixture.IngestAsync(store.Id, "third.md", "Gulls steal chips.");
        await fixture.CloseAsync();
        await KillAsync(fixture.Folder, ["embeds endless"]);
        var model = new HashingEmbedder();
        fixture.Models = model;
        fixture.Reader.Before = (name, _) => throw new InvalidOperationException($"{name} was read again.");

        await fixture.RestartAsync();
        var job = fixture.Library.Jobs.OfKind(VectorRenewal.JobKind).ShouldHaveSingleItem();
        (await fixture.Library.Runner.WaitAsync(job.Id, Token))!.State.ShouldBe(JobState.Done);

        model.Texts.Where(text => !text.StartsWith("query: ", StringComparison.Ordinal)).Select(text => text.Split('\n')[0]).ShouldBe(["second", "third"]);
        fixture.Collections.List().ShouldHaveSingleItem().DocumentsWithoutVectors().ShouldBeEmpty();
        foreach (var (question, name) in new[] { ("walruses", "first.md"), ("penguins", "second.md"), ("gulls", "third.md") })
        {
            (await fixture.Library.Stores.SearchAsync([store.Id], question, null, null, 5, Token))[0].ShouldSatisfyAllConditions(
                hit => hit.Document.FileName.ShouldBe(name), hit => hit.VectorRank.ShouldNotBeNull());
        }
    }

    [Fact]
    public async Task Start_RowsAndCollectionApart_AreBroughtTogetherAgain()
    {
        await using var fixture = await new LibraryFixture().StartAsync();
        var store = await fixture.StoreAsync();
        var lost = await fixture.IngestAsync(store.Id, "lost.md", "Walruses.");
        var kept = await fixture.IngestAsync(store.Id, "kept.md", "Penguins.");
        fixture.Collections.TryGet(store.CollectionId, out var collection).ShouldBeTrue();
        var document = collection!.Find(kept.FileId)!;
        await collection.DeleteAsync([lost.FileId], Token);
        await collection.CommitAsync([document with { Id = "file-halfdeleted", FileName = "deleted.md" }], Token);
        await fixture.Collections.CreateAsync(collection.Config with { Id = "vs_orphan" }, Token);

        await fixture.RestartAsync();
        await fixture.WaitForAllAsync(store.Id);

        (await fixture.SearchAsync(store.Id, "walruses"))[0].ShouldBe("lost.md");
        (await fixture.SearchAsync(store.Id, "penguins")).ShouldNotContain("deleted.md");
        fixture.Collections.TryGet("vs_orphan", out _).ShouldBeFalse();
    }

    private static async Task KillAsync(string folder, string[] awaited)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KilledLibrary).Assembly.Location, KilledLibrary.Argument, folder]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        try
        {
            var missing = awaited.ToHashSet();
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
            deadline.CancelAfter(TimeSpan.FromMinutes(5));
            while (missing.Count > 0)
            {
                var line = await process.StandardOutput.ReadLineAsync(deadline.Token);
                missing.Remove(line ?? throw new InvalidOperationException("The process ended by itself."));
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
