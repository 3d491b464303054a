using System.Buffers;

namespace GenAI.Pipelines.Parsing;

/// <summary>One form of text for all parsers: LF line ends, no control characters, no lone surrogates, no marks of width zero.</summary>
internal static class TextCleaner
{
    private static readonly SearchValues<char> Suspects = SearchValues.Create(SuspectCharacters());

    public static string Clean(string text)
    {
        var first = text.AsSpan().IndexOfAny(Suspects);
        if (first < 0)
        {
            return text;
        }

        var buffer = new char[text.Length];
        text.CopyTo(0, buffer, 0, first);
        var length = first;
        for (var index = first; index < text.Length; index++)
        {
            var character = text[index];
            if (character == '\r')
            {
                index += index + 1 < text.Length && text[index + 1] == '\n' ? 1 : 0;
                buffer[length++] = '\n';
            }
            else if (character is '\f' or '\v' or '\u0085')
            {
                buffer[length++] = '\n';
            }
            else if (char.IsSurrogate(character))
            {
                if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
                {
                    buffer[length++] = character;
                    buffer[length++] = text[++index];
                }
                else
                {
                    buffer[length++] = '\uFFFD';
                }
            }
            else if (!Dropped(character))
            {
                buffer[length++] = character;
            }
        }

        return new string(buffer, 0, length);
    }

    private static bool Dropped(char character) =>
        (char.IsControl(character) && character is not ('\n' or '\t')) || character is '\uFEFF' or '\u00AD';

    private static string SuspectCharacters() =>
        string.Concat(Enumerable.Range(0, 0x10000).Select(code => (char)code)
            .Where(character => char.IsSurrogate(character) || Dropped(character)));
}
