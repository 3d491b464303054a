namespace GenAI.Eval.Metrics;

/// <summary>How a text gives a number's sign.</summary>
internal enum QuantitySign
{
    /// <summary>Nothing is said.</summary>
    None,

    /// <summary>A plus, or a word such as "rose" before or behind it.</summary>
    Up,

    /// <summary>A word such as "fell" before or behind it.</summary>
    Down,

    /// <summary>A minus.</summary>
    Minus,

    /// <summary>Parentheses, which mean a minus in a table and nothing in a sentence.</summary>
    Parentheses,
}
