using System.Text;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Replaces occurrences from the left; an empty search text matches between code points, and half a surrogate pair matches nothing.</summary>
internal static class JsReplace
{
    public static string Replace(string text, string from, string to, double count, RenderBudget budget)
    {
        var result = new StringBuilder();
        var position = 0;
        while (count > 0)
        {
            var found = Find(text, from, position);
            if (found < 0)
            {
                break;
            }

            result.Append(text, position, found - position).Append(to);
            position = found + from.Length;
            count--;
            budget.ChargeText(result.Length);
            if (from.Length == 0)
            {
                if (position >= text.Length)
                {
                    return result.ToString();
                }

                var width = position + 1 < text.Length && char.IsSurrogatePair(text[position], text[position + 1]) ? 2 : 1;
                result.Append(text, position, width);
                position += width;
            }
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    private static int Find(string text, string from, int position)
    {
        while (from.Length > 0)
        {
            position = text.IndexOf(from, position, StringComparison.Ordinal);
            if (position < 0 || (!SplitsPair(text, position) && !SplitsPair(text, position + from.Length)))
            {
                return position;
            }

            position++;
        }

        return position;
    }

    private static bool SplitsPair(string text, int index) =>
        index > 0 && index < text.Length && char.IsHighSurrogate(text[index - 1]) && char.IsLowSurrogate(text[index]);
}
