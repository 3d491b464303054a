using System.CommandLine;
using GenAI.Gateway.Hosting;
using GenAI.Generation;
using GenAI.Generation.Catalogue;
using GenAI.Generation.Catalogue.Hub;
using Spectre.Console;

namespace GenAI.Gateway.Cli;

/// <summary><c>genai models list|pull|verify|remove</c>. Only pull speaks to the network.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        var reference = new Argument<string>("MODEL") { Description = "OWNER/REPOSITORY on the hub, with :QUANTISATION to choose among several." };
        var id = new Argument<string>("ID") { Description = "Model id as shown by 'genai models list'." };
        var offline = new Option<bool>("--offline") { Description = "Refuse every call to the network." };

        var list = new Command("list", "List the models on disk.");
        list.SetAction(parsed => Guarded(() => List(Catalogue(parsed))));
        var pull = new Command("pull", "Bring a model from the hub (HF_ENDPOINT, HF_TOKEN).") { reference, offline };
        pull.SetAction((parsed, token) => GuardedAsync(() =>
            PullAsync(Catalogue(parsed), parsed.GetRequiredValue(reference), parsed.GetValue(offline), token)));
        var verify = new Command("verify", "Check a model's files against their recorded SHA-256.") { id };
        verify.SetAction((parsed, token) => GuardedAsync(() => VerifyAsync(Catalogue(parsed).Get(parsed.GetRequiredValue(id)), token)));
        var remove = new Command("remove", "Delete a model's files.") { id };
        remove.SetAction(parsed => Guarded(() => Remove(Catalogue(parsed).Get(parsed.GetRequiredValue(id)))));
        return new Command("models", "The models on this machine.") { list, pull, verify, remove };
    }

    private static ModelCatalogue Catalogue(ParseResult parsed)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(ServeCommand.Settings(parsed)).Build();
        return new ModelCatalogue(GatewayPaths.From(configuration).ModelFolders);
    }

    private static int List(ModelCatalogue catalogue)
    {
        var table = new Table().AddColumns("id", "kind", "architecture", "quantisation", "context", "size");
        foreach (var model in catalogue.List())
        {
            var metadata = model.Metadata;
            table.AddRow(
                new Text(model.Id),
                new Text(model.Problem ?? model.Kind.ToString().ToLowerInvariant()),
                new Text(metadata?.Architecture ?? "?"),
                new Text(metadata?.Quantisation ?? "?"),
                new Text($"{metadata?.ContextTokens ?? 0}"),
                new Text($"{model.SizeInBytes / 1048576.0:0.0} MiB"));
        }

        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<int> PullAsync(ModelCatalogue catalogue, string text, bool offline, CancellationToken cancellationToken)
    {
        var options = HubOptions.FromEnvironment(Environment.GetEnvironmentVariable);
        options.Offline = offline;
#pragma warning disable RS0030 // A command that ends after one transfer has no use for a factory.
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore RS0030
        var puller = new ModelPuller(http, options, TimeProvider.System);
        var paths = await AnsiConsole.Progress().AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask(text.EscapeMarkup(), autoStart: true);
                return puller.PullAsync(ModelReference.Parse(text), catalogue.PullFolder, new BarProgress(bar), cancellationToken);
            });
        foreach (var path in paths)
        {
            AnsiConsole.WriteLine(path);
        }

        return 0;
    }

    private static async Task<int> VerifyAsync(Generation.Catalogue.ModelEntry model, CancellationToken cancellationToken)
    {
        var results = await ModelVerification.VerifyAsync(model, cancellationToken);
        foreach (var result in results)
        {
            var verdict = result switch
            {
                { IsKnown: false } => "no hash is recorded for it",
                { IsIntact: true } => "intact",
                _ => $"DAMAGED: expected {result.ExpectedSha256}; remove it and pull it again",
            };
            AnsiConsole.WriteLine($"{result.FileName}  {result.ActualSha256}  {verdict}");
        }

        return results.All(result => !result.IsKnown || result.IsIntact) ? 0 : 1;
    }

    private static int Remove(Generation.Catalogue.ModelEntry model)
    {
        ModelCatalogue.Remove(model);
        AnsiConsole.WriteLine($"Removed {string.Join(", ", model.Files)}");
        return 0;
    }

    private static int Guarded(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (GenerationException exception)
        {
            return Complain(exception);
        }
    }

    private static async Task<int> GuardedAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (GenerationException exception)
        {
            return Complain(exception);
        }
    }

    private static int Complain(GenerationException exception)
    {
        System.Console.Error.WriteLine($"genai: {exception.Message}");
        return 1;
    }

    private sealed class BarProgress(ProgressTask bar) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            bar.MaxValue = Math.Max(1, value.Total);
            bar.Value = value.Bytes;
            bar.Description = value.FileName.EscapeMarkup();
        }
    }
}
