using System.Globalization;
using GenAI.Generation.Catalogue;
using Spectre.Console;

namespace GenAI.Gateway.Cli;

/// <summary>The table of <c>genai models list</c>, and below it what is wrong with a model that cannot be used.</summary>
internal static class ModelListing
{
    public static int Show(ModelCatalogue catalogue)
    {
        var models = catalogue.List();
        if (models.Count == 0)
        {
            AnsiConsole.WriteLine("No model is here. Bring one with: genai models pull OWNER/REPOSITORY");
            return 0;
        }

        var table = new Table { Border = TableBorder.Minimal };
        table.AddColumns("id", "kind", "architecture", "quantisation", "context", "template", "size", "state");
        foreach (var model in models)
        {
            AddRow(table, model);
        }

        AnsiConsole.Write(table);
        foreach (var model in models.Where(model => model.Problem is not null))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{model.Id}[/] cannot be used: {model.Problem}");
        }

        return 0;
    }

    private static void AddRow(Table table, Generation.Catalogue.ModelEntry model)
    {
        var known = model.Metadata;
        string[] cells =
        [
            model.Id,
            known is null ? "?" : model.Kind == ModelKind.Embedding ? "embedding" : "chat",
            known?.Architecture ?? "?",
            known?.Quantisation ?? "?",
            known is { ContextTokens: > 0 } ? known.ContextTokens.ToString(CultureInfo.InvariantCulture) : "?",
            known is null ? "?" : known.ChatTemplate is null ? "no" : "yes",
            string.Create(CultureInfo.InvariantCulture, $"{model.SizeInBytes / 1048576.0:0.0} MiB"),
            model.Problem is null ? "usable" : "damaged",
        ];
        table.AddRow([.. cells.Select(cell => new Text(cell))]);
    }
}
