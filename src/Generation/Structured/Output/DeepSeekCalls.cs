using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured.Output;

/// <summary>
/// Calls between DeepSeek's marks, each a name and a JSON object; V3 and R1 write <c>function</c> before the name and a
/// fence around the object, V3.1 neither.
/// </summary>
internal sealed class DeepSeekCalls : CallSyntax
{
    public const string Begin = "<｜tool▁calls▁begin｜>";
    private const string End = "<｜tool▁calls▁end｜>";
    private const string CallBegin = "<｜tool▁call▁begin｜>";
    private const string CallEnd = "<｜tool▁call▁end｜>";
    private const string Separator = "<｜tool▁sep｜>";

    public override string Opening => Begin;

    public override CallReading? Read(string body) => Read(body, out var calls) is { } length
        ? new CallReading(length, calls)
        : null;

    /// <inheritdoc/>
    public override CallReading? ReadLast(string body)
    {
        // The end of the turn may stand in for the closing mark.
        Read(body, out var calls);
        return calls is { Count: > 0 } && body.AsSpan().TrimEnd().EndsWith(CallEnd) ? new CallReading(body.Length, calls) : null;
    }

    /// <returns>Characters up to and with the closing mark; null while it is not there.</returns>
    private static int? Read(string body, out IReadOnlyList<FunctionCallContent>? calls)
    {
        var found = new List<FunctionCallContent>();
        calls = found;
        for (var at = Skip(body, 0); ; at = Skip(body, at))
        {
            if (Starts(body, at, End))
            {
                calls = found.Count > 0 ? found : null;
                return at + End.Length;
            }

            if (!Starts(body, at, CallBegin))
            {
                return Give(body, at, ref calls);
            }

            var name = at + CallBegin.Length;
            var separator = body.IndexOf(Separator, name, StringComparison.Ordinal);
            var brace = separator < 0 ? -1 : body.IndexOf('{', separator);
            if (brace < 0 || JsonScanner.EndOf(body, brace) is not { } end || body.IndexOf(CallEnd, end, StringComparison.Ordinal) is var close && close < 0)
            {
                return null;
            }

            if (CallJson.Make(NameOf(body, name, separator), body[brace..end]) is not { } call)
            {
                return Give(body, close, ref calls);
            }

            found.Add(call);
            at = close + CallEnd.Length;
        }
    }

    /// <summary>What stands here is no mark: no calls then, unless it may still become one.</summary>
    private static int? Give(string body, int at, ref IReadOnlyList<FunctionCallContent>? calls)
    {
        var rest = body.AsSpan(at);
        if (CallBegin.AsSpan().StartsWith(rest) || End.AsSpan().StartsWith(rest))
        {
            return null;
        }

        calls = null;
        return at;
    }

    private static string NameOf(string body, int name, int separator)
    {
        const string Kind = "function";
        var before = body[name..separator].Trim();
        var line = body.IndexOfAny(['\n', '{'], separator);
        return before == Kind && line > separator ? body[(separator + Separator.Length)..line].Trim() : before;
    }

    private static bool Starts(string body, int at, string mark) => string.CompareOrdinal(body, at, mark, 0, mark.Length) == 0;

    private static int Skip(string body, int at)
    {
        while (at < body.Length && char.IsWhiteSpace(body[at]))
        {
            at++;
        }

        return at;
    }
}
