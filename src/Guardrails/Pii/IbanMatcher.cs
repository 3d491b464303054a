using System.Collections.Frozen;
using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

internal sealed class IbanMatcher : IPiiMatcher
{
    private const int MaxLength = 34;

    /// <summary>Length by country (SWIFT IBAN registry).</summary>
    private static readonly FrozenDictionary<string, int> Lengths = Parse(
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 " +
        "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 " +
        "LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 " +
        "SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

    public PiiKind Kind => PiiKind.Iban;

    public int Match(CanonicalText text, int start)
    {
        if (!char.IsAsciiLetter(text.Peek(start)) || char.IsLetterOrDigit(text.Peek(start - 1)))
        {
            return -1;
        }

        var run = SymbolRun.Read(text, start, MaxLength, letters: true, GoesOn);
        var length = ExpectedLength(run);
        if (length == 0 || run.Count < length || char.IsLetterOrDigit(text.Peek(run.End(length))))
        {
            return -1;
        }

        var isLaidOut = run.IsGrouped(length) || run.IsGroupedByFour(length) || run.IsSpelled(length);
        return isLaidOut && Checksums.Mod97(run.Symbols(length)) ? run.End(length) : -1;
    }

    /// <summary>Ends the reading of ordinary words at their first letters.</summary>
    private static bool GoesOn(SymbolRun run)
    {
        var last = run.Symbols(run.Count)[^1];
        return run.Count switch
        {
            1 => char.IsAsciiLetter(last),
            2 => ExpectedLength(run) > 0,
            3 or 4 => char.IsAsciiDigit(last),
            _ => run.Count < ExpectedLength(run),
        };
    }

    private static int ExpectedLength(SymbolRun run)
    {
        if (run.Count < 2)
        {
            return 0;
        }

        Span<char> country = stackalloc char[2];
        run.Symbols(2).ToUpperInvariant(country);
        return Lengths.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(country, out var length) ? length : 0;
    }

    private static FrozenDictionary<string, int> Parse(string table) =>
        table.Split(' ').ToFrozenDictionary(
            entry => entry[..2],
            entry => int.Parse(entry[2..], System.Globalization.CultureInfo.InvariantCulture),
            StringComparer.Ordinal);
}
