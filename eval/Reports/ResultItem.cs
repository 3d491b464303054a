namespace GenAI.Eval.Reports;

/// <summary>One question's values by metric name, with a note such as the answer's text.</summary>
internal sealed record ResultItem(string Id, IReadOnlyDictionary<string, double> Values, string? Note = null);
