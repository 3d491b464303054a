using System.Net;
using GenAI.Eval.Client;
using GenAI.Eval.Datasets;
using GenAI.Eval.Metrics;
using GenAI.Eval.Reports;
using Spectre.Console;

namespace GenAI.Eval.Suites.Retrieval;

/// <summary>nDCG@10 and Recall@100 of a server's search: by words, by vectors, by both, and as the server does by itself.</summary>
internal sealed class RetrievalSuite : ISuite
{
    private const int Depth = 100;

    // OpenAI's own limit; a server that allows no more is measured to that depth, and the figure's name says so.
    private const int StandardDepth = 50;

    private static readonly (string Name, SearchWeights? Weights)[] Legs =
    [
        ("default", null),
        ("words", new SearchWeights(1, 0)),
        ("vectors", new SearchWeights(0, 1)),
    ];

    public string Name => "retrieval";

    public async Task<IReadOnlyList<ResultGroup>> RunAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        var groups = new List<ResultGroup>();
        foreach (var set in RetrievalSetReader.Read(context.RequireData()))
        {
            await using var library = await context.LoadAsync(set.Name, set.Documents, cancellationToken);
            foreach (var (leg, weights) in Legs)
            {
                if (await MeasureAsync(context, set, library, leg, weights, cancellationToken) is { } group)
                {
                    groups.Add(group);
                }
            }
        }

        return groups;
    }

    private static async Task<ResultGroup?> MeasureAsync(
        SuiteContext context,
        RetrievalSet set,
        Library library,
        string leg,
        SearchWeights? weights,
        CancellationToken cancellationToken)
    {
        var items = new List<ResultItem>();
        var depth = Depth;
        foreach (var (id, text) in set.Queries.Draw(context.Settings.Limit, context.Settings.Seed))
        {
            IReadOnlyList<FoundPassage> found;
            var started = context.Time.GetTimestamp();
            try
            {
                found = await context.Client.SearchAsync(library, text, depth, weights, cancellationToken);
            }
            catch (ApiException exception) when (exception.Status == HttpStatusCode.BadRequest && depth > StandardDepth)
            {
                depth = StandardDepth;
                found = await context.Client.SearchAsync(library, text, depth, weights, cancellationToken);
            }
            catch (ApiException exception) when (exception.Status == HttpStatusCode.BadRequest && weights is not null)
            {
                context.Console.WriteLine($"{set.Name}: the server does not search by {leg} alone ({exception.Message})");
                return null;
            }

            var milliseconds = context.Time.GetElapsedTime(started).TotalMilliseconds;
            items.Add(Score(id, found.Documents(), set.Gains[id], depth, milliseconds));
        }

        var seed = context.Settings.Seed;
        return new ResultGroup(
            $"{set.Name} · {leg}",
            [
                MetricBuilder.Mean("nDCG@10", items, seed),
                MetricBuilder.Mean(FormattableString.Invariant($"Recall@{depth}"), items, seed),
                MetricBuilder.AtPercentile("search_ms", 0.5, items, seed, "ms", higherIsBetter: false),
            ],
            items);
    }

    private static ResultItem Score(string id, IReadOnlyList<string> ranking, IReadOnlyDictionary<string, double> gains, int depth, double milliseconds) =>
        new(id, new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["nDCG@10"] = RankingMetrics.Ndcg(ranking, gains, 10),
            [FormattableString.Invariant($"Recall@{depth}")] = RankingMetrics.Recall(ranking, gains, depth),
            ["search_ms"] = milliseconds,
        });
}
