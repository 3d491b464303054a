namespace GenAI.Generation.Structured.Output;

/// <summary>Calls after <c>[TOOL_CALLS]</c>: an array, or a name, <c>[ARGS]</c> (older models leave it out) and an object.</summary>
internal sealed class MistralCalls : CallSyntax
{
    private const string ArgumentsMarker = "[ARGS]";
    private const string CallIdMarker = "[CALL_ID]";
    private const int MaxNameChars = 256;

    public override string Opening => "[TOOL_CALLS]";

    public override CallReading? Read(string body)
    {
        var start = body.Length - body.AsSpan().TrimStart().Length;
        if (start == body.Length)
        {
            return null;
        }

        if (body[start] is '[' or '{')
        {
            return JsonScanner.EndOf(body, start) is { } end ? new CallReading(end, CallJson.Read(body[start..end])) : null;
        }

        var brace = body.IndexOf('{', start);
        if (brace < 0 || brace - start > MaxNameChars)
        {
            // A name has a bound, so that text after a stray marker is not held back to the end.
            return body.Length - start > MaxNameChars ? new CallReading(0, null) : null;
        }

        if (JsonScanner.EndOf(body, brace) is not { } last)
        {
            return null;
        }

        var call = CallJson.Make(NameOf(body[start..brace]), body[brace..last]);
        return new CallReading(last, call is null ? null : [call]);
    }

    private static string NameOf(string header)
    {
        foreach (var marker in new[] { ArgumentsMarker, CallIdMarker })
        {
            if (header.IndexOf(marker, StringComparison.Ordinal) is >= 0 and var at)
            {
                header = header[..at];
            }
        }

        return header.Trim();
    }
}
