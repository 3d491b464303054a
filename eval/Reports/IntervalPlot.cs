using System.Globalization;
using System.Net;
using System.Text;

namespace GenAI.Eval.Reports;

/// <summary>One figure over all groups as an SVG: a point with its interval a row.</summary>
internal static class IntervalPlot
{
    private const int LabelWidth = 260;
    private const int PlotWidth = 480;
    private const int RowHeight = 24;

    public static string Render(string metricName, IReadOnlyList<ResultGroup> groups)
    {
        var rows = groups
            .SelectMany(group => group.Metrics.Where(metric => metric.Name == metricName && double.IsFinite(metric.Value)).Select(metric => (group.Name, metric)))
            .ToList();
        if (rows.Count == 0)
        {
            return string.Empty;
        }

        // Shares keep the whole scale from 0 to 1, so that two reports look alike; other units start at zero.
        var unit = rows[0].metric.Unit;
        var top = unit.Length == 0 ? 1 : rows.Max(row => Math.Max(row.metric.High, row.metric.Value)) * 1.05;
        top = top <= 0 ? 1 : top;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(metricName)}</h2><svg role=\"img\" aria-label=\"{WebUtility.HtmlEncode(metricName)}\" viewBox=\"0 0 {LabelWidth + PlotWidth + 90} {(rows.Count * RowHeight) + 8}\">");
        for (var row = 0; row < rows.Count; row++)
        {
            AppendRow(svg, rows[row].Name, rows[row].metric, (row * RowHeight) + 14, top);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void AppendRow(StringBuilder svg, string name, Metric metric, int y, double top)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{y + 4}\">{WebUtility.HtmlEncode(name)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{LabelWidth}\" x2=\"{LabelWidth + PlotWidth}\" y1=\"{y}\" y2=\"{y}\" stroke=\"#8884\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(metric.Low, top):0.#}\" x2=\"{X(metric.High, top):0.#}\" y1=\"{y}\" y2=\"{y}\" stroke=\"#2a6fdb\" stroke-width=\"4\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(metric.Value, top):0.#}\" cy=\"{y}\" r=\"5\" fill=\"#2a6fdb\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth + PlotWidth + 10}\" y=\"{y + 4}\">{ConsoleReport.Number(metric.Value, metric.Unit)}</text>");
    }

    private static double X(double value, double top) => LabelWidth + (Math.Clamp(value / top, 0, 1) * PlotWidth);
}
