using System.Globalization;
using Spectre.Console;

namespace GenAI.Eval.Reports;

/// <summary>The short form of a result for the terminal.</summary>
internal static class ConsoleReport
{
    public static void Write(IAnsiConsole console, EvalResult result, IReadOnlyList<MetricChange>? changes)
    {
        foreach (var group in result.Groups)
        {
            var table = new Table().Title(Markup.Escape(group.Name)).AddColumns("figure", "value", "95% interval", "n");
            foreach (var metric in group.Metrics)
            {
                table.AddRow(
                    Markup.Escape(metric.Name),
                    Number(metric.Value, metric.Unit),
                    $"{Number(metric.Low, metric.Unit)} to {Number(metric.High, metric.Unit)}",
                    metric.Count.ToString(CultureInfo.InvariantCulture));
            }

            console.Write(table);
        }

        foreach (var change in (changes ?? []).Where(change => change.IsSignificant))
        {
            var colour = change.IsBetter ? "green" : "red";
            console.MarkupLine($"[{colour}]{Markup.Escape(change.Group)} {Markup.Escape(change.After.Name)}: {Number(change.Before.Value, change.After.Unit)} to {Number(change.After.Value, change.After.Unit)}[/]");
        }
    }

    public static string Number(double value, string unit) =>
        unit.Length == 0
            ? value.ToString("0.000", CultureInfo.InvariantCulture)
            : value.ToString("0.##", CultureInfo.InvariantCulture) + " " + unit;
}
