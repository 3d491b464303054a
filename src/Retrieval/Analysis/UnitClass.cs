namespace GenAI.Retrieval.Analysis;

/// <summary>How a UTF-16 unit takes part in words; a run of one class is tokenised in one way.</summary>
internal enum UnitClass : byte
{
    Separator,

    /// <summary>Latin letters: words that are stemmed.</summary>
    Latin,

    Digit,

    /// <summary>Combining marks: they belong to the run before them.</summary>
    Mark,

    /// <summary>Scripts written with spaces but not in Latin letters (Cyrillic, Greek, Arabic, Devanagari, ...).</summary>
    Spaced,

    /// <summary>Han, kana and Hangul: no spaces, short words.</summary>
    Cjk,

    /// <summary>Thai, Lao, Khmer and Burmese: no spaces, longer words.</summary>
    SouthEastAsian,
}
