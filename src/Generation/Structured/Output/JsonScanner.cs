namespace GenAI.Generation.Structured.Output;

/// <summary>Finds where a JSON object or array ends, without checking what is in it.</summary>
internal static class JsonScanner
{
    /// <summary>The index after the value that starts at <paramref name="start"/>; null when it does not end in this text.</summary>
    public static int? EndOf(string text, int start)
    {
        var depth = 0;
        var isInString = false;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when isInString:
                    i++;
                    break;
                case '"':
                    isInString = !isInString;
                    break;
                case '{' or '[' when !isInString:
                    depth++;
                    break;
                case '}' or ']' when !isInString:
                    depth--;
                    if (depth <= 0)
                    {
                        return i + 1;
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>Whether the text ends inside a string.</summary>
    public static bool EndsInString(ReadOnlySpan<char> text)
    {
        var isInString = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && isInString)
            {
                i++;
            }
            else if (text[i] == '"')
            {
                isInString = !isInString;
            }
        }

        return isInString;
    }
}
