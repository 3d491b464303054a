namespace GenAI.Generation.Structured.Output;

/// <summary>One JSON call between <c>&lt;tool_call&gt;</c> and <c>&lt;/tool_call&gt;</c>. A closing marker inside a JSON string is part of the string.</summary>
internal sealed class HermesCalls : CallSyntax
{
    private const string Closing = "</tool_call>";

    public override string Opening => "<tool_call>";

    public override CallReading? Read(string body)
    {
        var at = body.IndexOf(Closing, StringComparison.Ordinal);
        while (at >= 0)
        {
            if (CallJson.Read(body[..at]) is { } calls)
            {
                return new CallReading(at + Closing.Length, calls);
            }

            if (!JsonScanner.EndsInString(body.AsSpan(0, at)))
            {
                return new CallReading(at + Closing.Length, null);
            }

            at = body.IndexOf(Closing, at + 1, StringComparison.Ordinal);
        }

        return null;
    }

    public override CallReading? ReadLast(string body) => CallJson.Read(body) is { } calls ? new CallReading(body.Length, calls) : null;
}
