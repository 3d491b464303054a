using GenAI.Generation;

namespace GenAI.Pipelines.Chunking;

/// <summary>
/// Counts tokens where no model is there to ask: a word is one token and one more for every eight letters beyond the
/// first eight, any other visible character is one. Close to WordPiece on English, and safe for concurrent use.
/// </summary>
public sealed class WordTokenizer : ITextTokenizer
{
    private const int LettersPerToken = 8;

    public int Count(ReadOnlySpan<char> text)
    {
        var tokens = 0;
        var run = 0;
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character) && !IsIdeograph(character))
            {
                tokens += run % LettersPerToken == 0 ? 1 : 0;
                run++;
                continue;
            }

            run = 0;
            tokens += char.IsWhiteSpace(character) || char.IsLowSurrogate(character) ? 0 : 1;
        }

        return tokens;
    }

    /// <summary>Scripts written without spaces, where a character is about a word.</summary>
    private static bool IsIdeograph(char character) => character is >= '\u2E80' and <= '\uD7FF' or >= '\uF900' and <= '\uFAFF';
}
