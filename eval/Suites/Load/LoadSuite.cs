using System.Text.Json.Nodes;
using GenAI.Eval.Client;
using GenAI.Eval.Metrics;
using GenAI.Eval.Reports;

namespace GenAI.Eval.Suites.Load;

/// <summary>Speed under N concurrent clients: time to the first token, tokens a second, errors.</summary>
/// <remarks>Closed loop: each client waits for its answer before it asks again. Prompts differ, so that no cache answers for the model.</remarks>
internal sealed class LoadSuite : ISuite
{
    private const int RequestsPerClient = 4;
    private const int DefaultRequests = 8;

    private static readonly string[] Topics =
    [
        "tides", "bread", "bridges", "chess", "compost", "fonts", "glaciers", "harbours", "insulation", "kites", "lighthouses", "maps",
        "nets", "oysters", "paper", "quarries", "railways", "salt", "telescopes", "umbrellas", "valves", "windmills", "yeast", "zinc",
    ];

    public string Name => "load";

    public async Task<IReadOnlyList<ResultGroup>> RunAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        var model = await context.Client.ChooseModelAsync(context.Settings.Model, cancellationToken);
        var next = 0;
        var warmUp = await StreamProbe.MeasureAsync(context.Client, Request(model, context.Settings, next++), cancellationToken);
        if (warmUp.Error is { } error)
        {
            throw new EvalException($"The first request failed, so there is nothing to measure: {error}");
        }


        var groups = new List<ResultGroup>();
        foreach (var clients in context.Settings.Clients)
        {
            var requests = context.Settings.Limit ?? Math.Max(DefaultRequests, clients * RequestsPerClient);
            var first = next;
            next += requests;
            groups.Add(await MeasureAsync(context, model, clients, first, requests, cancellationToken));
        }

        return groups;
    }

    private static async Task<ResultGroup> MeasureAsync(
        SuiteContext context,
        string model,
        int clients,
        int first,
        int requests,
        CancellationToken cancellationToken)
    {
        var measured = new StreamMeasurement[requests];
        var started = context.Time.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, requests),
            new ParallelOptions { MaxDegreeOfParallelism = clients, CancellationToken = cancellationToken },
            async (index, token) => measured[index] = await StreamProbe.MeasureAsync(context.Client, Request(model, context.Settings, first + index), token));
        var seconds = context.Time.GetElapsedTime(started).TotalSeconds;

        var items = measured.Select((one, index) => one.ToItem(FormattableString.Invariant($"{clients}-{index}"))).ToList();
        var seed = context.Settings.Seed;
        var total = measured.Sum(one => one.Tokens) / seconds;
        return new ResultGroup(
            FormattableString.Invariant($"{clients} clients"),
            [
                MetricBuilder.AtPercentile("ttft_ms", 0.5, items, seed, "ms", higherIsBetter: false),
                MetricBuilder.AtPercentile("ttft_ms", 0.95, items, seed, "ms", higherIsBetter: false),
                MetricBuilder.AtPercentile("tokens_per_second", 0.5, items, seed, "tokens/s", higherIsBetter: true),
                new Metric("total_tokens_per_second", total, total, total, "tokens/s", HigherIsBetter: true, requests),
                MetricBuilder.Mean("errors", items, seed, higherIsBetter: false),
            ],
            items);
    }

    private static JsonObject Request(string model, EvalSettings settings, int number) => new()
    {
        ["model"] = model,
        ["stream"] = true,
        ["stream_options"] = new JsonObject { ["include_usage"] = true },
        ["temperature"] = 0,
        ["max_tokens"] = settings.MaxTokens,
        ["messages"] = new JsonArray(new JsonObject
        {
            ["role"] = "user",
            ["content"] = $"Question {number}: tell me at length how {Topics[number % Topics.Length]} came to matter to towns by the sea, and what was built for them.",
        }),
    };
}
