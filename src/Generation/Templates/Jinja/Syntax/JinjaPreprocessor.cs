using System.Text.RegularExpressions;

namespace GenAI.Generation.Templates.Jinja.Syntax;

/// <summary>
/// Whitespace rules that apply before any token is read: one trailing newline goes, blanks before a block at the start of its line go
/// (lstrip_blocks), the newline after a block goes (trim_blocks), and the <c>generation</c> tag, which only marks training spans, goes.
/// </summary>
internal static partial class JinjaPreprocessor
{
    public static string Apply(string source)
    {
        if (source.EndsWith('\n'))
        {
            source = source[..^1];
        }

        source = LineStart().Replace(source, "$1");
        source = BlockEnd().Replace(source, "$1");
        return GenerationTag().Replace(source, static match =>
            (match.Groups[2].Length > 0 ? "" : match.Groups[1].Value) + (match.Groups[3].Length > 0 ? "" : match.Groups[4].Value));
    }

    // "{-" is not a tag, yet the reference implementation strips before it as well; the same holds for "-}" below.
    [GeneratedRegex(@"(?<=^|[\n\r\u2028\u2029])[ \t]*(\{[#%-])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex LineStart();

    [GeneratedRegex(@"([#%-]\})\n", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex BlockEnd();

    [GeneratedRegex(@"([\s\uFEFF]*)\{%(-?)[\s\uFEFF]*(?:end)?generation[\s\uFEFF]*(-?)%\}([\s\uFEFF]*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex GenerationTag();
}
