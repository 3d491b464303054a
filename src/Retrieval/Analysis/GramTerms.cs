namespace GenAI.Retrieval.Analysis;

/// <summary>Terms of scripts without a stemmer: pieces of fixed length.</summary>
internal static class GramTerms
{
    private const int MaxWord = 64;
    private const int WordGram = 4;

    /// <summary>Han, kana and Hangul: every pair of neighbours, and every single one so that a query of one character finds.</summary>
    public static void EmitCjk(ReadOnlySpan<char> run, ITermSink sink)
    {
        Span<char> pair = stackalloc char[8];
        var previous = 0;
        for (var i = 0; i < run.Length; i++)
        {
            var length = FoldTable.Fold(run[i], pair[previous..]);
            if (char.IsHighSurrogate(run[i]) && i + 1 < run.Length && char.IsLowSurrogate(run[i + 1]))
            {
                pair[previous + 1] = run[++i];
                length = 2;
            }
            else if (length == 0 || char.IsSurrogate(run[i]) || UnitClasses.Of(run[i]) == UnitClass.Mark)
            {
                continue;
            }

            if (previous > 0)
            {
                sink.Add(pair[..(previous + length)], overlaps: false);
            }

            sink.Add(pair.Slice(previous, length), overlaps: run.Length > 1);
            pair.Slice(previous, length).CopyTo(pair);
            previous = length;
        }
    }

    /// <summary>Thai and its neighbours: every three neighbours, vowel and tone signs included; a shorter run as it is.</summary>
    public static void EmitTrigrams(ReadOnlySpan<char> run, ITermSink sink)
    {
        if (run.Length < 3)
        {
            sink.Add(run, overlaps: false);
        }

        for (var i = 0; i + 3 <= run.Length; i++)
        {
            sink.Add(run.Slice(i, 3), overlaps: false);
        }
    }

    /// <summary>Scripts with spaces: the folded word, and its pieces of four letters, which stand in for a stemmer.</summary>
    public static void EmitSpaced(ReadOnlySpan<char> run, ITermSink sink)
    {
        Span<char> word = stackalloc char[MaxWord + 4];
        var length = 0;
        foreach (var unit in run)
        {
            if (length < MaxWord && !(UnitClasses.Of(unit) == UnitClass.Mark && MarkIsAccent(unit)))
            {
                length += FoldTable.Fold(unit, word[length..]);
            }
        }

        if (length == 0)
        {
            return;
        }

        sink.Add(word[..length], overlaps: false);
        for (var i = 0; length > WordGram && i + WordGram <= length; i++)
        {
            sink.Add(word.Slice(i, WordGram), overlaps: false);
        }
    }

    /// <summary>Accents and points of Greek, Cyrillic, Hebrew and Arabic go; Indian vowel signs are letters and stay.</summary>
    private static bool MarkIsAccent(char unit) => unit is (>= '\u0300' and <= '\u036F') or (>= '\u0483' and <= '\u0489')
        or (>= '\u0591' and <= '\u05C7') or (>= '\u0610' and <= '\u061A') or (>= '\u064B' and <= '\u065F') or '\u0670'
        or (>= '\u06D6' and <= '\u06ED') or (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF');
}
