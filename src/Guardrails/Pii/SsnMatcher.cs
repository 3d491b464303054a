using System.Collections.Frozen;
using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

internal sealed class SsnMatcher : IPiiMatcher
{
    private static readonly FrozenSet<string> Names =
        new[] { "ssn", "ssns", "social", "security" }.ToFrozenSet(StringComparer.Ordinal);

    public PiiKind Kind => PiiKind.UsSsn;

    public int Match(CanonicalText text, int start)
    {
        if (!char.IsAsciiDigit(text.Peek(start)) || !PiiContext.CanBegin(text, start))
        {
            return -1;
        }

        var run = SymbolRun.Read(text, start, 9, letters: false);
        if (run.Count < 9 || !PiiContext.CanEnd(text, run.End(9)) || !IsAssignable(run.Symbols(9)))
        {
            return -1;
        }

        // Written 123-45-6789 it needs no name beside it; any other way it is a number like others.
        var isDashed = run.IsGrouped(3, 2, 4) && text.Peek(start + 3) is '-' or '\n';
        var isOther = run.IsGrouped(3, 2, 4) || run.IsGrouped(9) || run.IsSpelled(9);
        return isDashed || (isOther && PiiContext.Names(text, start, Names)) ? run.End(9) : -1;
    }

    /// <summary>Rules of the Social Security Administration: no area 000, 666 or 900 and above, no group 00, no serial 0000.</summary>
    private static bool IsAssignable(ReadOnlySpan<char> digits) =>
        digits[..3] is not ("000" or "666")
        && digits[0] != '9'
        && digits[3..5] is not "00"
        && digits[5..] is not "0000"
        && digits is not ("078051120" or "219099999");
}
