using System.Text.RegularExpressions;
using GenAI.Eval.Client;

namespace GenAI.Eval.Suites.Answers;

/// <summary>Decides whether an answer says that the sources are silent: it cites nothing and says so, in the usual words.</summary>
internal static partial class AbstentionText
{
    public static bool Abstains(ChatAnswer answer) =>
        answer.Citations.Count == 0 && (answer.Text.Trim().Length == 0 || Phrases().IsMatch(answer.Text));

    [GeneratedRegex(
        @"\b(no answer|not (?:be )?(?:found|answered|mentioned|contained|stated|covered|say|contain|hold|mention|answer|provide|find)|(?:do|does|did|could|can)(?: not|n't|not) (?:find|say|contain|hold|answer|mention|cover|provide|tell|know)|cannot (?:find|answer)|don't know|unable to|no information|nothing (?:about|in|on)|silent)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phrases();
}
