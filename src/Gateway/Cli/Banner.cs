using GenAI.Gateway.Hosting;
using GenAI.Gateway.Models;
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
