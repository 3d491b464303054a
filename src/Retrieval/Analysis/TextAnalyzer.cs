namespace GenAI.Retrieval.Analysis;

/// <summary>Turns text into the terms that the lexical index knows. Queries and documents go the same way.</summary>
/// <remarks>
/// The chain is picked for each run of one script: Latin words are folded, stopped and stemmed, and identifiers
/// are kept whole as well as in parts; Han, kana and Hangul become bigrams; Thai, Lao, Khmer and Burmese become
/// trigrams; other scripts give the word and its overlapping four-letter pieces. Thread-safe: it holds no state.
/// </remarks>
public static class TextAnalyzer
{
    /// <summary>The terms of a text in order, further forms included.</summary>
    public static IReadOnlyList<string> Terms(ReadOnlySpan<char> text)
    {
        var list = new TermList();
        Analyze(text, list);
        return list.Terms;
    }

    /// <summary>Gives the terms of <paramref name="text"/> to <paramref name="sink"/> one by one.</summary>
    public static void Analyze(ReadOnlySpan<char> text, ITermSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var position = 0;
        while (position < text.Length)
        {
            var start = position;
            switch (UnitClasses.Of(text[position]))
            {
                case UnitClass.Latin or UnitClass.Digit:
                    position = LatinCompound.End(text, start);
                    LatinCompound.Emit(text[start..position], sink);
                    break;
                case UnitClass.Spaced:
                    position = EndOfRun(text, start, UnitClass.Spaced);
                    GramTerms.EmitSpaced(text[start..position], sink);
                    break;
                case UnitClass.Cjk:
                    position = EndOfRun(text, start, UnitClass.Cjk);
                    GramTerms.EmitCjk(text[start..position], sink);
                    break;
                case UnitClass.SouthEastAsian:
                    position = EndOfRun(text, start, UnitClass.SouthEastAsian);
                    GramTerms.EmitTrigrams(text[start..position], sink);
                    break;
                default:
                    position++;
                    break;
            }
        }
    }

    private static int EndOfRun(ReadOnlySpan<char> text, int start, UnitClass unitClass)
    {
        var end = start + 1;
        while (end < text.Length && (UnitClasses.Of(text[end]) == unitClass || UnitClasses.Of(text[end]) == UnitClass.Mark))
        {
            end++;
        }

        return end;
    }
}
