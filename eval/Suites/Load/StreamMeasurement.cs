using GenAI.Eval.Reports;

namespace GenAI.Eval.Suites.Load;

/// <summary>One measured stream.</summary>
/// <param name="Tokens">Completion tokens by the server's own usage, or the number of text chunks where it gives none.</param>
internal readonly record struct StreamMeasurement(double FirstTokenMilliseconds, double TotalMilliseconds, int Tokens, string? Error)
{
    public ResultItem ToItem(string id)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal) { ["errors"] = Error is null ? 0 : 1 };
        if (Error is null && Tokens > 0)
        {
            values["ttft_ms"] = FirstTokenMilliseconds;
            values["total_ms"] = TotalMilliseconds;
            var decoding = TotalMilliseconds - FirstTokenMilliseconds;
            if (Tokens > 1 && decoding > 0)
            {
                values["tokens_per_second"] = (Tokens - 1) / decoding * 1000;
            }
        }

        return new ResultItem(id, values, Error);
    }
}
