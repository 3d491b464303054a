using System.Collections.Frozen;
using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

/// <summary>A number whose check digit alone proves too little, so that a word beside it must name it.</summary>
internal sealed class NamedNumberMatcher : IPiiMatcher
{
    private readonly int _length;
    private readonly int[] _groups;
    private readonly FrozenSet<string> _names;
    private readonly Func<string, bool> _isValid;

    private NamedNumberMatcher(PiiKind kind, int[] groups, string names, Func<string, bool> isValid)
    {
        Kind = kind;
        _groups = groups;
        _length = groups.Sum();
        _names = names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
        _isValid = isValid;
    }

    public static NamedNumberMatcher Nhs { get; } =
        new(PiiKind.NhsNumber, [3, 3, 4], "nhs patient", digits => Checksums.Mod11(digits) && digits.Distinct().Count() > 1);

    public static NamedNumberMatcher Aba { get; } =
        new(PiiKind.AbaRouting, [4, 4, 1], "routing aba rtn transit fedwire", digits => HasRoutingPrefix(digits) && Checksums.Aba(digits));

    public PiiKind Kind { get; }

    public int Match(CanonicalText text, int start)
    {
        if (!char.IsAsciiDigit(text.Peek(start)) || !PiiContext.CanBegin(text, start))
        {
            return -1;
        }

        var run = SymbolRun.Read(text, start, _length, letters: false);
        if (run.Count < _length || !PiiContext.CanEnd(text, run.End(_length)))
        {
            return -1;
        }

        var isLaidOut = run.IsGrouped(_length) || run.IsGrouped(_groups) || run.IsSpelled(_length);
        return isLaidOut && _isValid(run.Symbols(_length).ToString()) && PiiContext.Names(text, start, _names)
            ? run.End(_length)
            : -1;
    }

    /// <summary>Federal Reserve districts, thrifts, electronic and traveller's cheque ranges.</summary>
    private static bool HasRoutingPrefix(string digits) =>
        (((digits[0] - '0') * 10) + digits[1] - '0') is <= 12 or (>= 21 and <= 32) or (>= 61 and <= 72) or 80;
}
