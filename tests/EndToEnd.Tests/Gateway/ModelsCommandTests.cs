using System.Diagnostics;
using GenAI.Generation.Tests.Catalogue;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary><c>genai models</c> as a user types it, against a hub on loopback.</summary>
public sealed class ModelsCommandTests : IDisposable
{
    private const string Starter = "bge-small-en-v1.5-Q8_0.gguf";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("genai-models-");
    private readonly HubServer _hub = new();
    private readonly byte[] _model = File.ReadAllBytes(Path.Combine(Repository.Root, "models", Starter));

    public void Dispose()
    {
        _hub.Dispose();
        _home.Delete(recursive: true);
    }

    [Fact]
    public async Task List_StarterModels_ShowsWhatTheirFilesSay()
    {
        var (code, output) = await RunAsync(Path.Combine(Repository.Root, "models"), "list");

        code.ShouldBe(0, output);
        Row(output, "SmolLM2-135M-Instruct-Q4_1").ShouldBe(["SmolLM2-135M-Instruct-Q4_1", "chat", "llama", "Q4_1", "8192", "yes", "93.8 MiB", "usable"]);
        Row(output, "bge-small-en-v1.5-Q8_0").ShouldBe(["bge-small-en-v1.5-Q8_0", "embedding", "bert", "Q8_0", "512", "no", "35.0 MiB", "usable"]);
    }

    [Fact]
    public async Task List_DamagedModel_ShowsItsProblemBesideTheOthers()
    {
        File.WriteAllBytes(Models("whole.gguf"), _model);
        File.WriteAllBytes(Models("broken.gguf"), _model[..1000]);

        var (code, output) = await RunAsync(Models(), "list");

        code.ShouldBe(0, output);
        Row(output, "whole")[^1].ShouldBe("usable");
        Row(output, "broken")[^1].ShouldBe("damaged");
        output.ShouldContain("broken cannot be used: ");
    }

    [Fact]
    public async Task Pull_CutOnce_BringsTheWholeModelAndRecordsItsHash()
    {
        _hub.Add("tiny-Q8_0.gguf", _model);
        _hub.Cuts.Enqueue(1_000_000);

        var (code, output) = await RunAsync(Models(), "pull", "someone/tiny-GGUF:Q8_0");

        code.ShouldBe(0, output);
        output.ShouldContain(_hub.Endpoint.GetLeftPart(UriPartial.Authority));
        output.ShouldContain(Models("tiny-Q8_0.gguf"));
        File.ReadAllBytes(Models("tiny-Q8_0.gguf")).AsSpan().SequenceEqual(_model).ShouldBeTrue();
        _hub.Ranges.Count.ShouldBe(2);

        (await RunAsync(Models(), "verify")).ShouldSatisfyAllConditions(
            run => run.ExitCode.ShouldBe(0),
            run => run.Output.ShouldContain("intact"));
    }

    [Fact]
    public async Task Pull_InATerminal_ShowsItsProgressToTheEnd()
    {
        Requirement.Met(Tool.IsInstalled("script"), "There is no 'script' here to run a program in a terminal.");
        _hub.Add("tiny-Q8_0.gguf", _model);

        var (code, output) = await Tool.RunAsync(
            "script",
            ["--quiet", "--return", "--command", $"stty cols 120; dotnet '{GatewayProgram.Path}' models pull someone/tiny-GGUF", "/dev/null"],
            Repository.Root,
            new Dictionary<string, string>(Variables(Models()), StringComparer.Ordinal) { ["TERM"] = "xterm" },
            TimeSpan.FromMinutes(2),
            TestContext.Current.CancellationToken);

        code.ShouldBe(0, output);
        output.ShouldContain("100%");
        output.ShouldContain("35.0 MB");
    }

    [Fact]
    public async Task Pull_Interrupted_KeepsThePartAndGoesOnFromThere()
    {
        _hub.Add("tiny-Q8_0.gguf", _model);
        _hub.Stalls.Enqueue(3_000_000);
        using var pull = Start(Models(), "pull", "someone/tiny-GGUF");
        var part = Models("tiny-Q8_0.gguf.part");
        while (!File.Exists(part) || new FileInfo(part).Length < 2_900_000)
        {
            pull.HasExited.ShouldBeFalse();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Signal.Interrupt(pull);
        var errors = await pull.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await pull.WaitForExitAsync(TestContext.Current.CancellationToken);

        pull.ExitCode.ShouldBe(130, errors);
        errors.ShouldContain("What arrived is kept");
        new FileInfo(part).Length.ShouldBe(3_000_000);
        File.Exists(Models("tiny-Q8_0.gguf")).ShouldBeFalse();

        var (code, output) = await RunAsync(Models(), "pull", "someone/tiny-GGUF");

        code.ShouldBe(0, output);
        _hub.Ranges.ShouldBe([null, "bytes=3000000-"]);
        File.ReadAllBytes(Models("tiny-Q8_0.gguf")).AsSpan().SequenceEqual(_model).ShouldBeTrue();
    }

    [Fact]
    public async Task Pull_WrongHash_LeavesNothingAndFails()
    {
        _hub.Add("tiny-Q8_0.gguf", _model[..100_000]);
        _hub.WrongHash = new string('0', 64);

        var (code, output) = await RunAsync(Models(), "pull", "someone/tiny-GGUF");

        code.ShouldBe(1);
        output.ShouldContain("arrived with SHA-256");
        Directory.GetFiles(Models()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pull_Offline_AsksNobody()
    {
        _hub.Add("tiny-Q8_0.gguf", _model);

        var (code, output) = await RunAsync(Models(), "pull", "someone/tiny-GGUF", "--offline");

        code.ShouldBe(1);
        output.ShouldContain("Offline: no call leaves this machine");
        _hub.Requests.ShouldBe(0);
    }

    [Theory]
    [InlineData("no-slash", "is not a hub model")]
    [InlineData("someone/else-GGUF", "The hub has no someone/else-GGUF")]
    public async Task Pull_WhatCannotBe_FailsWithASentence(string reference, string sentence)
    {
        var (code, output) = await RunAsync(Models(), "pull", reference);

        code.ShouldBe(1);
        output.ShouldContain(sentence);
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task VerifyAndRemove_DamagedModel_SayAndDeleteIt()
    {
        _hub.Add("tiny-Q8_0.gguf", _model);
        (await RunAsync(Models(), "pull", "someone/tiny-GGUF")).ExitCode.ShouldBe(0);
        await using (var file = File.OpenWrite(Models("tiny-Q8_0.gguf")))
        {
            file.Seek(-1, SeekOrigin.End);
            file.WriteByte((byte)(_model[^1] ^ 1));
        }

        var (verified, said) = await RunAsync(Models(), "verify", "tiny-Q8_0");
        verified.ShouldBe(1);
        said.ShouldContain("DAMAGED");

        (await RunAsync(Models(), "remove", "tiny-Q8_0")).ExitCode.ShouldBe(0);
        File.Exists(Models("tiny-Q8_0.gguf")).ShouldBeFalse();
        var (again, complaint) = await RunAsync(Models(), "remove", "tiny-Q8_0");
        again.ShouldBe(1);
        complaint.ShouldContain("There is no model 'tiny-Q8_0'");
    }

    private string Models(string? file = null) =>
        Path.Combine(_home.CreateSubdirectory("models").FullName, file ?? "");

    private static string[] Row(string table, string id) =>
        table.Split('\n').Single(line => line.Trim().StartsWith(id, StringComparison.Ordinal) && line.Contains('│', StringComparison.Ordinal))
            .Split('│', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private Task<(int ExitCode, string Output)> RunAsync(string models, params string[] arguments) => Tool.RunAsync(
        "dotnet", [GatewayProgram.Path, "models", .. arguments], Repository.Root, Variables(models), TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    private Process Start(string models, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [GatewayProgram.Path, "models", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables(models))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private Dictionary<string, string> Variables(string models) => new(StringComparer.Ordinal)
    {
        ["GENAI_MODELS"] = models,
        ["GENAI_DATA"] = Path.Combine(_home.FullName, "data"),
        ["HOME"] = _home.FullName,
        ["HF_ENDPOINT"] = _hub.Endpoint.AbsoluteUri,
    };
}
