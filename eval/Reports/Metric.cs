namespace GenAI.Eval.Reports;

/// <summary>A figure with its 95% bootstrap interval.</summary>
/// <param name="Unit">Empty for a share between 0 and 1, otherwise such as <c>ms</c>.</param>
/// <param name="Count">Number of values behind it.</param>
internal sealed record Metric(string Name, double Value, double Low, double High, string Unit, bool HigherIsBetter, int Count);
