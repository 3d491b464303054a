using System.Globalization;
using System.Net;
using System.Text;

namespace GenAI.Eval.Reports;

/// <summary>A result as one HTML file that needs nothing beside it: figures, plots as SVG, changes against a baseline.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1c2430;background:#fff}
        h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d8dee6}td.n{text-align:right;font-variant-numeric:tabular-nums}
        .better{color:#0a6b3d}.worse{color:#a5281b}svg{max-width:100%;height:auto}text{font-size:12px;fill:currentColor}
        details{margin:.5rem 0}summary{cursor:pointer}.q{font-size:13px}
        @media(prefers-color-scheme:dark){body{background:#12161c;color:#dde3ea}th,td{border-color:#333c48}.better{color:#5fd39a}.worse{color:#ff9486}}
        """;

    public static string Render(EvalResult result, IReadOnlyList<MetricChange>? changes)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Text(result.Suite)} · GenAI eval</title><style>{Style}</style>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Text(result.Suite)}</h1><p>{Text(result.BaseUrl)} · {result.StartedAt:yyyy-MM-dd HH:mm} UTC · {Text(string.Join(", ", result.Settings.Select(setting => setting.Key + " " + setting.Value)))}</p>");
        foreach (var metric in result.Groups.SelectMany(group => group.Metrics).Select(metric => metric.Name).Distinct(StringComparer.Ordinal))
        {
            html.Append(IntervalPlot.Render(metric, result.Groups));
        }

        AppendChanges(html, changes);
        foreach (var group in result.Groups)
        {
            AppendGroup(html, group);
        }

        return html.Append("</html>\n").ToString();
    }

    private static void AppendChanges(StringBuilder html, IReadOnlyList<MetricChange>? changes)
    {
        if (changes is null)
        {
            return;
        }

        html.Append("<h2>Against the baseline</h2><table><tr><th>set</th><th>figure</th><th>before</th><th>after</th><th>difference, 95%</th></tr>");
        foreach (var change in changes)
        {
            var style = !change.IsSignificant ? string.Empty : change.IsBetter ? "better" : "worse";
            html.Append(CultureInfo.InvariantCulture, $"<tr class=\"{style}\"><td>{Text(change.Group)}</td><td>{Text(change.After.Name)}</td><td class=\"n\">{Number(change.Before.Value, change.After)}</td><td class=\"n\">{Number(change.After.Value, change.After)}</td><td class=\"n\">{change.Difference:+0.###;-0.###;0} ({change.Low:0.###} to {change.High:0.###})</td></tr>");
        }

        html.Append("</table>");
    }

    private static void AppendGroup(StringBuilder html, ResultGroup group)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(group.Name)}</h2><table><tr><th>figure</th><th>value</th><th>95% interval</th><th>n</th></tr>");
        foreach (var metric in group.Metrics)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(metric.Name)}</td><td class=\"n\">{Number(metric.Value, metric)}</td><td class=\"n\">{Number(metric.Low, metric)} to {Number(metric.High, metric)}</td><td class=\"n\">{metric.Count}</td></tr>");
        }

        html.Append("</table>");
        if (group.Items.Count == 0)
        {
            return;
        }

        html.Append(CultureInfo.InvariantCulture, $"<details><summary>{group.Items.Count} items</summary><table class=\"q\">");
        foreach (var item in group.Items)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(item.Id)}</td><td>{Text(string.Join(", ", item.Values.Select(value => FormattableString.Invariant($"{value.Key} {value.Value:0.###}"))))}</td><td>{Text(item.Note ?? string.Empty)}</td></tr>");
        }

        html.Append("</table></details>");
    }

    private static string Number(double value, Metric metric) => ConsoleReport.Number(value, metric.Unit);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
