namespace GenAI.Eval.Metrics;

/// <summary>Decides whether an answer gives a gold number: the same value in whatever unit it is written, rounded no coarser than the gold is.</summary>
internal static class NumericAnswer
{
    // A table in millions says 8,738 where a sentence says $8.738 billion; neither the number nor its column names the unit.
    private static readonly double[] s_unsaidScales = [1e3, 1e6, 1e9];

    /// <summary>True when the gold answer's first number that is not a year occurs; false when the gold answer has none.</summary>
    public static bool Holds(string answer, string gold)
    {
        var wanted = QuantityReader.Read(gold).Where(quantity => !quantity.IsYear).Take(1).ToList();
        return wanted is [var value] && QuantityReader.Read(answer).Any(quantity => Same(quantity, value));
    }

    private static bool Same(Quantity answer, Quantity gold) =>
        HasSameSign(answer.Sign, gold.Sign) && (answer.IsPercent == gold.IsPercent ? HasSameValue(answer, gold) : HasSameShare(answer, gold));

    /// <summary>What one text says in words the other may leave out; a minus must be said by both.</summary>
    private static bool HasSameSign(QuantitySign one, QuantitySign other) => (one, other) switch
    {
        (QuantitySign.Parentheses, _) or (_, QuantitySign.Parentheses) => true,
        (QuantitySign.Minus, QuantitySign.Minus or QuantitySign.Down) or (QuantitySign.Down, QuantitySign.Minus) => true,
        (QuantitySign.Minus, _) or (_, QuantitySign.Minus) => false,
        (QuantitySign.Up, QuantitySign.Down) or (QuantitySign.Down, QuantitySign.Up) => false,
        _ => true,
    };

    private static bool HasSameValue(Quantity answer, Quantity gold)
    {
        if (IsClose(answer.Value, gold.Value, gold.Precision))
        {
            return true;
        }

        // A unit may be unsaid only of money, and only by one of the two.
        var maySkipScale = !gold.IsPercent && !(answer.HasScale && gold.HasScale) && (answer.HasCurrency || gold.HasCurrency);
        return maySkipScale && s_unsaidScales.Any(scale =>
            (!gold.HasScale && IsClose(answer.Value / scale, gold.Value, gold.Precision))
            || (!answer.HasScale && IsClose(answer.Value * scale, gold.Value, gold.Precision)));
    }

    /// <summary>34.6% is 0.346, and 34.6 in a column whose head has the sign; a whole number without the sign is something else.</summary>
    private static bool HasSameShare(Quantity answer, Quantity gold)
    {
        var plain = answer.IsPercent ? gold : answer;
        if (plain.HasScale || plain.HasCurrency || !plain.HasDecimals)
        {
            return false;
        }

        var factor = answer.IsPercent ? 0.01 : 100;
        return IsClose(answer.Value, gold.Value, gold.Precision)
            || (plain.Value < 10 && IsClose(answer.Value * factor, gold.Value, gold.Precision));
    }

    /// <summary>Equal after rounding to the gold's last digit, with room for binary fractions.</summary>
    private static bool IsClose(double number, double gold, double precision) =>
        Math.Abs(number - gold) <= (0.5 * precision * (1 + 1e-9)) + (1e-12 * Math.Abs(gold));
}
