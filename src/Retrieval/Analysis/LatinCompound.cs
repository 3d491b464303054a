namespace GenAI.Retrieval.Analysis;

/// <summary>Latin letters and digits joined without a space: a word, a number, an identifier.</summary>
/// <remarks>
/// <c>state-of-the-art</c> is four words; <c>ERR-1042</c>, <c>10-K</c> and <c>max_tokens</c> are also one term without
/// their joints, so that an error code or a part number is found however it was written.
/// </remarks>
internal static class LatinCompound
{
    private const int MaxTerm = 64;

    /// <summary>Where the compound that starts at <paramref name="start"/> ends.</summary>
    public static int End(ReadOnlySpan<char> text, int start)
    {
        var end = start + 1;
        while (end < text.Length)
        {
            if (IsWordUnit(text[end]) || UnitClasses.Of(text[end]) == UnitClass.Mark
                || (IsJoint(text[end]) && end + 1 < text.Length && IsWordUnit(text[end + 1])))
            {
                end++;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    public static void Emit(ReadOnlySpan<char> compound, ITermSink sink)
    {
        Span<char> whole = stackalloc char[MaxTerm + 1];
        var wholeLength = 0;
        var parts = 0;
        var partsOfOneLetter = true;
        var identifier = false;
        for (var start = 0; start < compound.Length; parts++)
        {
            var end = EndOfPart(compound, start);
            var part = compound[start..end];
            partsOfOneLetter &= part.Length == 1 && !char.IsDigit(part[0]);
            identifier |= part.ContainsAnyInRange('0', '9') || (end < compound.Length && compound[end] == '_');
            wholeLength = wholeLength < 0 ? -1 : Append(part, whole, wholeLength);
            start = end + 1;
        }

        if (parts > 1 && wholeLength > 1 && (identifier || partsOfOneLetter))
        {
            sink.Add(whole[..wholeLength], overlaps: !partsOfOneLetter);
            if (partsOfOneLetter)
            {
                return;
            }
        }

        for (var start = 0; start < compound.Length;)
        {
            var end = EndOfPart(compound, start);
            LatinWord.Emit(compound[start..end], sink);
            start = end + 1;
        }
    }

    private static int EndOfPart(ReadOnlySpan<char> compound, int start)
    {
        var end = start;
        while (end < compound.Length && (!IsJoint(compound[end]) || BelongsToPart(compound, start, end)))
        {
            end++;
        }

        return end;
    }

    /// <summary>A point in a number, a comma before a group of thousands and an apostrophe inside a word do not part it.</summary>
    private static bool BelongsToPart(ReadOnlySpan<char> compound, int start, int joint)
    {
        if (joint == start || joint + 1 >= compound.Length)
        {
            return false;
        }

        var digitsAround = char.IsDigit(compound[joint - 1]) && char.IsDigit(compound[joint + 1]);
        return compound[joint] switch
        {
            '.' => digitsAround,
            ',' => digitsAround && IsThousands(compound, joint),
            '\'' or '\u2019' => joint - start > 2 || compound[joint + 1] is 's' or 'S',
            _ => false,
        };
    }

    private static bool IsThousands(ReadOnlySpan<char> compound, int comma)
    {
        var digits = 0;
        while (comma + 1 + digits < compound.Length && char.IsDigit(compound[comma + 1 + digits]))
        {
            digits++;
        }

        return digits == 3;
    }

    private static int Append(ReadOnlySpan<char> part, Span<char> whole, int length)
    {
        Span<char> folded = stackalloc char[MaxTerm + 4];
        var count = LatinWord.Fold(part, folded, out _);
        if (count > MaxTerm || length + count > MaxTerm)
        {
            return -1;
        }

        folded[..count].CopyTo(whole[length..]);
        return length + count;
    }

    private static bool IsWordUnit(char unit) => UnitClasses.Of(unit) is UnitClass.Latin or UnitClass.Digit;

    private static bool IsJoint(char unit) =>
        unit is '-' or '_' or '.' or '/' or ':' or '\'' or '\u2019' or '&' or '+' or '#' or '@' or ',' or '\\' or '\u2010' or '\u2011' or '\u00AD';
}
