using GenAI.Generation.Catalogue;
using GenAI.Generation.Catalogue.Hub;

namespace GenAI.Generation.Tests.Catalogue;

public sealed class ModelPullerTests : IDisposable
{
    private readonly HubServer _hub = new();
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly byte[] _content = new byte[300_000];
    private readonly HubOptions _options;

    public ModelPullerTests()
    {
        new Random(7).NextBytes(_content);
        _options = new HubOptions { Endpoint = _hub.Endpoint, ResumeDelay = TimeSpan.FromMilliseconds(1) };
    }

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Pull_SplitModel_BringsEveryPartAndRecordsHashes()
    {
        _hub.Add("tiny-Q8_0-00002-of-00002.gguf", [4, 5]);
        _hub.Add("tiny-Q8_0-00001-of-00002.gguf", [1, 2, 3]);
        _hub.Add("README.md", [0]);

        var paths = await PullAsync("someone/tiny-GGUF");

        paths.Select(Path.GetFileName).ShouldBe(["tiny-Q8_0-00001-of-00002.gguf", "tiny-Q8_0-00002-of-00002.gguf"]);
        File.ReadAllBytes(paths[0]).ShouldBe([1, 2, 3]);
        ModelManifest.Read(_folder.Path)["tiny-Q8_0-00002-of-00002.gguf"].Source.ShouldBe("someone/tiny-GGUF@main");
    }

    [Fact]
    public async Task Pull_ConnectionCutTwice_ResumesWhereItBroke()
    {
        _hub.Add("tiny.gguf", _content);
        _hub.Cuts.Enqueue(100_000);
        _hub.Cuts.Enqueue(50_000);

        var paths = await PullAsync("someone/tiny-GGUF");

        File.ReadAllBytes(paths[0]).ShouldBe(_content);
        _hub.Ranges.Count.ShouldBe(3);
        _hub.Ranges[0].ShouldBeNull();
        _hub.Ranges.Skip(1).ShouldAllBe(range => range!.StartsWith("bytes="));
    }

    [Fact]
    public async Task Pull_ServerWithoutRanges_StartsAgainAndEndsWhole()
    {
        _hub.HonoursRanges = false;
        _hub.Add("tiny.gguf", _content);
        _hub.Cuts.Enqueue(100_000);

        File.ReadAllBytes((await PullAsync("someone/tiny-GGUF"))[0]).ShouldBe(_content);
    }

    [Fact]
    public async Task Pull_KeepsBreaking_KeepsWhatArrivedForTheNextPull()
    {
        _options.MaxResumes = 0;
        _hub.Add("tiny.gguf", _content);
        _hub.Cuts.Enqueue(100_000);

        var failure = await Should.ThrowAsync<GenerationException>(() => PullAsync("someone/tiny-GGUF"));
        failure.Message.ShouldContain("pull again");
        File.Exists(Path.Combine(_folder.Path, "tiny.gguf")).ShouldBeFalse();

        var paths = await PullAsync("someone/tiny-GGUF");

        File.ReadAllBytes(paths[0]).ShouldBe(_content);
        _hub.Ranges[^1].ShouldNotBeNull();
    }

    [Fact]
    public async Task Pull_WrongHash_LeavesNothingBehind()
    {
        _hub.WrongHash = new string('a', 64);
        _hub.Add("tiny.gguf", _content);

        var failure = await Should.ThrowAsync<GenerationException>(() => PullAsync("someone/tiny-GGUF"));

        failure.Message.ShouldContain("SHA-256");
        Directory.EnumerateFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pull_AlreadyThere_SendsNoFileRequest()
    {
        _hub.Add("tiny.gguf", _content);
        await PullAsync("someone/tiny-GGUF");
        _hub.Ranges.Clear();

        await PullAsync("someone/tiny-GGUF");

        _hub.Ranges.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pull_Offline_OpensNoConnection()
    {
        _options.Offline = true;
        _hub.Add("tiny.gguf", _content);

        (await Should.ThrowAsync<GenerationException>(() => PullAsync("someone/tiny-GGUF"))).Message.ShouldStartWith("Offline");
        _hub.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Pull_GatedModel_NeedsTheToken()
    {
        _hub.RequiredToken = "secret";
        _hub.Add("tiny.gguf", _content);

        (await Should.ThrowAsync<GenerationException>(() => PullAsync("someone/tiny-GGUF"))).Message.ShouldContain("HF_TOKEN");

        _options.Token = "secret";
        (await PullAsync("someone/tiny-GGUF")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Pull_SeveralModels_PrefersTheUsualQuantisation()
    {
        _hub.Add("tiny-Q8_0.gguf", [8]);
        _hub.Add("tiny-Q4_K_M.gguf", [4]);
        _hub.Add("tiny-Q2_K.gguf", [2]);

        Path.GetFileName((await PullAsync("someone/tiny-GGUF"))[0]).ShouldBe("tiny-Q4_K_M.gguf");
        Path.GetFileName((await PullAsync("someone/tiny-GGUF:Q8_0"))[0]).ShouldBe("tiny-Q8_0.gguf");
        (await Should.ThrowAsync<GenerationException>(() => PullAsync("someone/tiny-GGUF:Q9"))).Message.ShouldContain("tiny-Q2_K");
    }

    [Fact]
    public async Task Pull_ListingWithPathOutside_StaysInTheFolder()
    {
        _hub.Add("../../escape.gguf", [1]);

        try
        {
            await PullAsync("someone/tiny-GGUF");
        }
        catch (GenerationException)
        {
            // The hub's own server may refuse such a path; what counts is where files end up.
        }

        File.Exists(Path.Combine(_folder.Path, "..", "..", "escape.gguf")).ShouldBeFalse();
    }

    [Fact]
    public async Task Pull_UnknownRepository_SaysWhatToCheck() =>
        (await Should.ThrowAsync<GenerationException>(() => PullAsync("someone/else"))).Message.ShouldContain("spelling");

    [Theory]
    [InlineData("no-slash")]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b/c")]
    [InlineData("")]
    public void Parse_NotAReference_IsRefused(string text) =>
        Should.Throw<GenerationException>(() => ModelReference.Parse(text)).Message.ShouldContain("OWNER/REPOSITORY");

    [Fact]
    public void FromEnvironment_BadEndpoint_IsRefused() =>
        Should.Throw<GenerationException>(() => HubOptions.FromEnvironment(name => name == "HF_ENDPOINT" ? "mirror" : null))
            .Message.ShouldContain("HF_ENDPOINT");

    private Task<IReadOnlyList<string>> PullAsync(string reference) =>
        new ModelPuller(_http, _options, TimeProvider.System)
            .PullAsync(ModelReference.Parse(reference), _folder.Path, progress: null, CancellationToken);
}
