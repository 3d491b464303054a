using System.Net;
using GenAI.Eval.Client;
using GenAI.Eval.Reports;
using GenAI.Eval.Suites;
using Spectre.Console;

namespace GenAI.Eval;

/// <summary>Runs one suite and writes its result.</summary>
internal static class EvalRun
{
    /// <returns>0 when the suite ran, 2 when it could not.</returns>
    public static async Task<int> RunAsync(EvalSettings settings, CancellationToken cancellationToken, IAnsiConsole? output = null)
    {
        var console = output ?? AnsiConsole.Console;
        try
        {
            var suite = SuiteCatalogue.Find(settings.Suite);
            var baseline = settings.Baseline is null ? null : await ResultFile.ReadAsync(settings.Baseline, cancellationToken);
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            var client = new ApiClient(http, settings.BaseUrl, settings.ApiKey, TimeProvider.System);

            var started = TimeProvider.System.GetUtcNow();
            var groups = await suite.RunAsync(new SuiteContext(settings, client, console, TimeProvider.System), cancellationToken);
            var result = new EvalResult(settings.Suite, started, settings.BaseUrl.ToString(), Describe(settings), groups);

            var comparison = baseline is null ? null : RunComparison.Compare(baseline, result, settings.Seed);
            result = settings.WithItems ? result : result with { Groups = [.. groups.Select(group => group with { Items = [] })] };
            await ResultFile.WriteAsync(settings.Output, result, cancellationToken);
            var report = Path.ChangeExtension(settings.Output.FullName, ".html");
            await File.WriteAllTextAsync(report, HtmlReport.Render(result, comparison), cancellationToken);
            ConsoleReport.Write(console, result, comparison);
            console.MarkupLineInterpolated($"[grey]{settings.Output.FullName} and {report}[/]");
            return 0;
        }
        catch (Exception exception) when (exception is EvalException or ApiException)
        {
            console.MarkupLineInterpolated($"[red]{exception.Message}[/]");
            if (exception is ApiException { Status: HttpStatusCode.NotFound } && settings.BaseUrl.AbsolutePath == "/")
            {
                console.MarkupLineInterpolated($"[red]--base-url is {settings.BaseUrl}, and most servers want the version behind it, such as http://127.0.0.1:8080/v1.[/]");
            }

            return 2;
        }
    }

    private static SortedDictionary<string, string> Describe(EvalSettings settings)
    {
        var described = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["seed"] = FormattableString.Invariant($"{settings.Seed}"),
        };
        Add("data", settings.Data?.Name);
        Add("model", settings.Model);
        Add("policy", settings.Policy);
        Add("limit", settings.Limit is { } limit ? FormattableString.Invariant($"{limit}") : null);
        return described;

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                described[key] = value;
            }
        }
    }
}
