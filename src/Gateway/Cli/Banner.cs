using GenAI.Gateway.Documents;
using GenAI.Gateway.Hosting;
using GenAI.Gateway.Models;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Collections;
using Spectre.Console;

namespace GenAI.Gateway.Cli;

/// <summary>Says in the terminal where the server is, what it has, and what is missing.</summary>
internal static class Banner
{
    public static async Task ShowAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var paths = app.Services.GetRequiredService<GatewayPaths>();
        var registry = app.Services.GetRequiredService<ModelRegistry>();
        AnsiConsole.MarkupLineInterpolated($"[bold]GenAI[/] listens on [bold]{string.Join(", ", app.Urls)}[/]  (API at /v1, data in {paths.DataFolder})");
        await registry.WhenLoadedAsync(cancellationToken);

        var models = registry.List();
        foreach (var entry in models.Where(entry => entry.Info.Kind != ModelKind.Extractive))
        {
            ShowModel(entry);
        }

        await ShowDocumentsAsync(app, cancellationToken);
        if (!models.Any(entry => entry is { Info.Kind: ModelKind.Chat, State: ModelState.Ready }))
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]No language model is loaded[/] (looked in {string.Join(", ", paths.ModelFolders)}).");
            AnsiConsole.MarkupLineInterpolated(
                $"Answers are sentences picked from your documents by the words they share ([bold]{ExtractiveChatClient.ModelId}[/]).");
            AnsiConsole.MarkupLineInterpolated(
                $"To get a model: genai models pull OWNER/REPOSITORY, or set {GatewayPaths.ModelsVariable} to a folder with GGUF files; then start again.");
        }
    }

    private static async Task ShowDocumentsAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var startup = app.Services.GetRequiredService<DocumentStartup>();
        if (!startup.Done.IsCompleted && AnsiConsole.Profile.Capabilities.Interactive)
        {
            await AnsiConsole.Progress().AutoClear(true).StartAsync(context => FollowAsync(startup, context.AddTask("Reading documents"), cancellationToken));
        }

        await TellStepsAsync(startup, cancellationToken);
        if (startup.Failure is { } failure)
        {
            AnsiConsole.MarkupLineInterpolated($"  [red]documents[/]: {failure}");
        }

        var models = app.Services.GetRequiredService<IEmbeddingModelSource>();
        var embedder = await models.GetAsync(cancellationToken);
        var collections = app.Services.GetRequiredService<ICollectionStore>();
        var stores = app.Services.GetRequiredService<VectorStoreService>();
        var renewals = stores.Renewals();
        foreach (var store in stores.All())
        {
            if (collections.Damaged.TryGetValue(store.CollectionId, out var damage))
            {
                AnsiConsole.MarkupLineInterpolated($"  [red]{store.Name}[/]  documents, {store.Id}, cannot be used: {damage}");
                continue;
            }

            AnsiConsole.MarkupLineInterpolated($"  [blue]{store.Name}[/]  documents, {store.Id}{Renewal(renewals.GetValueOrDefault(store.Id), embedder)}");
        }

        if (embedder is null)
        {
            AnsiConsole.MarkupLine("[yellow]No embedding model is loaded[/]: documents are searched by their words alone.");
        }
    }

    // Vectors of two models cannot be compared, so those of another one, or of none, are made anew.
    private static string Renewal(Job? job, EmbeddingModel? embedder) => job is null || embedder is null
        ? ""
        : $", searched by words while {embedder.Name} embeds it: {job.ItemsDone} of {job.ItemsTotal} passages";

    private static async Task FollowAsync(DocumentStartup startup, ProgressTask bar, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!startup.Done.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (startup.Progress is { } step)
            {
                bar.Description = Description(step).EscapeMarkup();
                bar.Value = step.Fraction * 100;
            }
        }
    }

    // Where no bar can move, such as in a log, lines say how far it is; there are none once the bar has been there.
    private static async Task TellStepsAsync(DocumentStartup startup, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        string? told = null;
        while (await Task.WhenAny(startup.Done, timer.WaitForNextTickAsync(cancellationToken).AsTask()) != startup.Done)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (startup.Progress is { } step && told != Description(step))
            {
                told = Description(step);
                AnsiConsole.MarkupLineInterpolated($"  {told}");
            }
        }
    }

    private static string Description(IngestionProgress step) =>
        $"Reading {step.Name}: {step.Done} of {step.Files}" + (step.Askable > step.Done ? $", {step.Askable} can be asked by their words" : "");

    private static void ShowModel(ModelEntry entry)
    {
        var info = entry.Info;
        if (entry.State == ModelState.Failed)
        {
            AnsiConsole.MarkupLineInterpolated($"  [red]{info.Id}[/] cannot be used: {entry.Failure}");
            return;
        }

        var kind = info.Kind == ModelKind.Embedding ? "embeddings" : "chat";
        string?[] facts = [info.AliasOf is { } target ? $"alias of {target}" : info.Quantisation, info.ContextTokens is { } tokens ? $"{tokens} tokens" : null];
        AnsiConsole.MarkupLineInterpolated($"  [green]{info.Id}[/]  {kind}, {string.Join(", ", facts.OfType<string>())}");
    }
}
