using System.Collections.Frozen;
using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

internal sealed class CardMatcher : IPiiMatcher
{
    private const int MinLength = 12;
    private const int MaxLength = 19;

    private static readonly FrozenSet<string> Names =
        new[] { "card", "cards", "cc", "credit", "debit", "visa", "mastercard", "amex", "maestro", "pan", "payment", "charge", "billed" }
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words that name another kind of number: one 16-digit order number in ten passes Luhn.</summary>
    private static readonly FrozenSet<string> OtherNames =
        new[] { "order", "invoice", "tracking", "id", "ids", "isbn", "ean", "upc", "sku", "serial", "ticket", "ref", "reference", "parcel", "shipment", "time" }
            .ToFrozenSet(StringComparer.Ordinal);

    public PiiKind Kind => PiiKind.CreditCard;

    public int Match(CanonicalText text, int start)
    {
        if (!char.IsAsciiDigit(text.Peek(start)) || !PiiContext.CanBegin(text, start))
        {
            return -1;
        }

        var run = SymbolRun.Read(text, start, MaxLength, letters: false);
        for (var count = run.Count; count >= MinLength; count--)
        {
            var digits = run.Symbols(count);
            if (IsLaidOut(run, count) && PiiContext.CanEnd(text, run.End(count)) && Checksums.Luhn(digits) && IsPlausible(text, start, digits))
            {
                return run.End(count);
            }
        }

        return -1;
    }

    private static bool IsPlausible(CanonicalText text, int start, ReadOnlySpan<char> digits)
    {
        if (digits.Count(digits[0]) == digits.Length)
        {
            return false;
        }

        return CardIssuers.IsIssued(digits)
            ? !PiiContext.NearestWord(text, start, OtherNames, 2) || PiiContext.NearestWord(text, start, Names, 2)
            : CardIssuers.MayBeIssued(digits) && PiiContext.NearestWord(text, start, Names, 3);
    }

    private static bool IsLaidOut(SymbolRun run, int count) =>
        run.IsGrouped(count)
        || run.IsGroupedByFour(count)
        || (count == 15 && run.IsGrouped(4, 6, 5))
        || (count == 14 && run.IsGrouped(4, 6, 4))
        || run.IsSpelled(count);
}
