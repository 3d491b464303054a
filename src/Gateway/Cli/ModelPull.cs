using GenAI.Generation.Catalogue;
using GenAI.Generation.Catalogue.Hub;
using Spectre.Console;

namespace GenAI.Gateway.Cli;

/// <summary><c>genai models pull</c> with its progress bar; prints the paths of what it brought.</summary>
internal static class ModelPull
{
    public static async Task<int> RunAsync(ModelCatalogue catalogue, string text, bool offline, CancellationToken cancellationToken)
    {
        var reference = ModelReference.Parse(text);
        var options = HubOptions.FromEnvironment(Environment.GetEnvironmentVariable);
        options.Offline = offline;
#pragma warning disable RS0030 // A command that ends after one transfer has no use for a factory.
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore RS0030
        var puller = new ModelPuller(http, options, TimeProvider.System);
        if (!offline)
        {
            AnsiConsole.MarkupLineInterpolated($"Pulling {reference.Repository} from {options.Endpoint.GetLeftPart(UriPartial.Authority)} to {catalogue.PullFolder}");
        }

        var paths = await AnsiConsole.Progress().AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask(text.EscapeMarkup(), autoStart: true);
                return puller.PullAsync(reference, catalogue.PullFolder, new BarProgress(bar), cancellationToken);
            });
        foreach (var path in paths)
        {
            AnsiConsole.WriteLine(path);
        }

        return 0;
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
