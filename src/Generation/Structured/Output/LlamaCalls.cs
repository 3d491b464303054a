namespace GenAI.Generation.Structured.Output;

/// <summary>
/// A JSON object as the answer, recognised by its first key, and a call only when it names a declared tool: an answer that is meant to be
/// JSON stays text, and is held back no longer than that key.
/// </summary>
internal sealed class LlamaCalls(IReadOnlySet<string> toolNames) : CallSyntax
{
    private static readonly string[] FirstKeys = ["\"name\"", "\"type\"", "\"function\""];

    public override string Opening => "{";

    public override bool OnlyAtStart => true;

    public override string Separators => ";";

    public override CallReading? Read(string body)
    {
        if (!MayBecomeCall(body))
        {
            return new CallReading(0, null);
        }

        if (JsonScanner.EndOf("{" + body, 0) is not { } end)
        {
            return null;
        }

        var calls = CallJson.Read("{" + body[..(end - 1)]);
        var areDeclared = calls?.All(call => toolNames.Contains(call.Name)) == true;
        return new CallReading(end - 1, areDeclared ? calls : null);
    }

    private static bool MayBecomeCall(string body)
    {
        var start = body.AsSpan().TrimStart();
        foreach (var key in FirstKeys)
        {
            var length = Math.Min(start.Length, key.Length);
            if (start[..length].SequenceEqual(key.AsSpan(0, length)))
            {
                return true;
            }
        }

        return false;
    }
}
