using System.Text.RegularExpressions;
using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.DenyList;

/// <summary>Blocks texts that hold a listed phrase or match a listed pattern.</summary>
public sealed class DenyListRail : IRail
{
    private readonly PhraseTrie _phrases;
    private readonly Regex[] _patterns;
    private readonly string _sentence;

    /// <exception cref="ArgumentException">A phrase is empty or a pattern cannot be used; the message names it.</exception>
    public DenyListRail(DenyListOptions options)
    {
        _phrases = new PhraseTrie(options.Phrases);
        _patterns = [.. options.Patterns.Select(Compile)];
        _sentence = options.Sentence;
    }

    public string Name => "deny_list/1";

    public bool Covers(RailStage stage, TextProvenance provenance) => provenance is not (TextProvenance.System or TextProvenance.Developer);

    public IRailScan Open(RailStage stage, TextProvenance provenance) => new DenyListScan(_phrases, _patterns, _sentence);

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(
                CanonicalFold.Fold(pattern),
                RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new ArgumentException(
                $"The deny-list pattern '{pattern}' cannot be used: {exception.Message} Look-around and back references are not supported.",
                nameof(pattern),
                exception);
        }
    }
}
