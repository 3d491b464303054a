using GenAI.Eval.Client;
using GenAI.Eval.Datasets;
using GenAI.Eval.Metrics;
using GenAI.Eval.Reports;

namespace GenAI.Eval.Suites.Answers;

/// <summary>Answers over documents: right, cited, and abstaining where the sources are silent.</summary>
/// <remarks>
/// Silence is made by asking about documents that were left out: a second library holds every other document,
/// and is asked the questions on the missing ones, and those that the set itself says nothing answers.
/// </remarks>
internal sealed class AnswerSuite : ISuite
{
    private const int PageDepth = 20;

    public string Name => "answers";

    public async Task<IReadOnlyList<ResultGroup>> RunAsync(SuiteContext context, CancellationToken cancellationToken)
    {
        var model = await context.Client.ChooseModelAsync(context.Settings.Model, cancellationToken);
        var groups = new List<ResultGroup>();
        foreach (var set in AnswerSetReader.Read(context.RequireData()))
        {
            groups.Add(await AskAllAsync(context, set, model, cancellationToken));
            groups.Add(await AskWithheldAsync(context, set, model, cancellationToken));
        }

        return groups;
    }

    private static async Task<ResultGroup> AskAllAsync(SuiteContext context, AnswerSet set, string model, CancellationToken cancellationToken)
    {
        await using var library = await context.LoadAsync(set.Name, set.Documents, cancellationToken);
        var items = new List<ResultItem>();
        foreach (var question in Answerable(set).Draw(context.Settings.Limit, context.Settings.Seed))
        {
            var answer = await context.Client.AskAsync(model, question.Text, library, context.Settings.Policy, cancellationToken);
            var values = AnswerScore.Of(question, answer);
            if (question.Pages.Count > 0)
            {
                var found = await context.Client.SearchAsync(library, question.Text, PageDepth, weights: null, cancellationToken);
                AnswerScore.AddPages(values, question, found);
            }

            items.Add(new ResultItem(question.Id, values, $"{answer.Policy}: {answer.Text}"));
        }

        return new ResultGroup($"{set.Name} · all sources", Figures(items, context.Settings.Seed), items);
    }

    private static async Task<ResultGroup> AskWithheldAsync(SuiteContext context, AnswerSet set, string model, CancellationToken cancellationToken)
    {
        LibraryDocument[] kept = [.. set.Documents.Where((_, index) => index % 2 == 0)];
        var ids = kept.Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
        Question[] unanswerable = [.. set.Questions.Where(question => question.DocumentId is null || !ids.Contains(question.DocumentId))];

        await using var library = await context.LoadAsync(set.Name + ", half withheld", kept, cancellationToken);
        var items = new List<ResultItem>();
        foreach (var question in unanswerable.Draw(context.Settings.Limit, context.Settings.Seed))
        {
            var answer = await context.Client.AskAsync(model, question.Text, library, context.Settings.Policy, cancellationToken);
            items.Add(new ResultItem(
                question.Id,
                new Dictionary<string, double>(StringComparer.Ordinal) { ["abstained"] = AbstentionText.Abstains(answer) ? 1 : 0 },
                $"{answer.Policy}: {answer.Text}"));
        }

        return new ResultGroup($"{set.Name} · source withheld", [MetricBuilder.Mean("abstained", items, context.Settings.Seed)], items);
    }

    /// <summary>Being right is asked of those questions alone that a document answers; of the others it is silence.</summary>
    internal static IReadOnlyList<Question> Answerable(AnswerSet set) => [.. set.Questions.Where(question => question.DocumentId is not null)];

    private static List<Metric> Figures(List<ResultItem> items, int seed)
    {
        var names = items.SelectMany(item => item.Values.Keys).Distinct(StringComparer.Ordinal).Where(name => name != "answer_ms");
        return
        [
            .. names.Select(name => MetricBuilder.Mean(name, items, seed, higherIsBetter: name != "abstained")),
            MetricBuilder.AtPercentile("answer_ms", 0.5, items, seed, "ms", higherIsBetter: false),
            MetricBuilder.AtPercentile("answer_ms", 0.95, items, seed, "ms", higherIsBetter: false),
        ];
    }
}
