namespace GenAI.Retrieval.Analysis;

/// <summary>One part of a Latin compound: folded, stopped, stemmed.</summary>
internal static class LatinWord
{
    /// <summary>Longer terms are cut here: what is longer is no word, and nobody types it in full.</summary>
    private const int MaxTerm = 64;

    private const int MinLettersOfPiece = 3;
    private const int MinDigitsOfPiece = 2;

    public static void Emit(ReadOnlySpan<char> part, ITermSink sink)
    {
        Span<char> folded = stackalloc char[MaxTerm + 5];
        var length = Fold(part, folded, out var lettersOnly);
        length = Math.Min(length, MaxTerm);
        if (length == 0)
        {
            return;
        }

        if (!lettersOnly)
        {
            sink.Add(folded[..length], overlaps: false);
        }
        else
        {
            EmitLetters(folded, length, sink, overlaps: false);
        }

        EmitPieces(part, sink);
    }

    /// <summary>Folds a part: accents, case, thousands commas and the possessive go. Stops writing after the longest term.</summary>
    public static int Fold(ReadOnlySpan<char> part, Span<char> target, out bool lettersOnly)
    {
        lettersOnly = true;
        var length = 0;
        for (var i = 0; i < part.Length && length <= MaxTerm; i++)
        {
            var unit = part[i];
            if (unit is '\'' or '\u2019')
            {
                if (part.Length - i == 2 && part[i + 1] is 's' or 'S')
                {
                    break;
                }

                continue;
            }

            var unitClass = UnitClasses.Of(unit);
            if (unitClass == UnitClass.Mark || unit == ',')
            {
                continue;
            }

            lettersOnly &= unitClass == UnitClass.Latin;
            length += FoldTable.Fold(unit, target[length..]);
        }

        return length;
    }

    private static void EmitLetters(Span<char> word, int length, ITermSink sink, bool overlaps)
    {
        if (!StopWords.Contains(word[..length]))
        {
            sink.Add(word[..EnglishStemmer.Stem(word, length)], overlaps);
        }
    }

    /// <summary>The pieces of <c>HttpClient</c> and <c>AX200</c>: cut where case or kind changes; very short pieces would only be noise.</summary>
    private static void EmitPieces(ReadOnlySpan<char> part, ITermSink sink)
    {
        var start = 0;
        for (var i = 1; i <= part.Length; i++)
        {
            if (i < part.Length && !IsSeam(part[i - 1], part[i]))
            {
                continue;
            }

            if (i - start < part.Length)
            {
                EmitPiece(part[start..i], sink);
            }

            start = i;
        }
    }

    private static void EmitPiece(ReadOnlySpan<char> piece, ITermSink sink)
    {
        if (piece.Length > MaxTerm || piece.Contains('.'))
        {
            return;
        }

        Span<char> folded = stackalloc char[MaxTerm + 5];
        var length = Fold(piece, folded, out var lettersOnly);
        if (lettersOnly && length >= MinLettersOfPiece)
        {
            EmitLetters(folded, length, sink, overlaps: true);
        }
        else if (!lettersOnly && length >= MinDigitsOfPiece)
        {
            sink.Add(folded[..length], overlaps: true);
        }
    }

    private static bool IsSeam(char left, char right) =>
        (char.IsLower(left) && char.IsUpper(right))
        || (char.IsLetter(left) && char.IsDigit(right))
        || (char.IsDigit(left) && char.IsLetter(right));
}
