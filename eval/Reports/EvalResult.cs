namespace GenAI.Eval.Reports;

/// <summary>The result of one run of one suite.</summary>
internal sealed record EvalResult(
    string Suite,
    DateTimeOffset StartedAt,
    string BaseUrl,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<ResultGroup> Groups);
