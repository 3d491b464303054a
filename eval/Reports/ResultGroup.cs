namespace GenAI.Eval.Reports;

/// <summary>The figures of one data set or one setting.</summary>
/// <param name="Name">Data set, with the setting where there are several.</param>
/// <param name="Metrics">Aggregates with their confidence intervals.</param>
/// <param name="Items">One row a question, so that two runs can be compared pair by pair and a bad figure can be looked into.</param>
internal sealed record ResultGroup(string Name, IReadOnlyList<Metric> Metrics, IReadOnlyList<ResultItem> Items);
