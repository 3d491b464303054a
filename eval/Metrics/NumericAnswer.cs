namespace GenAI.Eval.Metrics;

/// <summary>Decides whether an answer gives a gold number, allowing for rounding to the gold's precision and for scale.</summary>
internal static class NumericAnswer
{
    // A filing says 8,738 (in millions) where the answer says $8.738 billion, or 0.66 where it says 66%.
    private static readonly double[] Scales = [1, 100, 0.01, 1e3, 1e-3, 1e6, 1e-6];

    /// <summary>True when the gold answer's first number that is not a year occurs; false when the gold answer has none.</summary>
    public static bool Holds(string answer, string gold)
    {
        var wanted = AnswerText.NumberValues(gold).Where(value => !IsYear(value)).Take(1).ToList();
        return wanted is [var value]
            && AnswerText.NumberValues(answer).Any(number => Scales.Any(scale => IsClose(number * scale, value)));
    }

    private static bool IsYear(double value) => value is >= 1990 and <= 2035 && value == Math.Floor(value);

    private static bool IsClose(double number, double gold) =>
        Math.Abs(number - gold) <= Math.Max(Math.Abs(gold) * 0.005, 0.5 * Precision(gold));

    private static double Precision(double value)
    {
        var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : Math.Pow(10, -(text.Length - point - 1));
    }
}
