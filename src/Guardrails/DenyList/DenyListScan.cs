using System.Text.RegularExpressions;
using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.DenyList;

/// <summary>
/// Phrases are followed character by character. Patterns are run over windows at fixed places of the text that overlap
/// by half, so that the result does not depend on how the text was cut; a window is run when it is full.
/// </summary>
internal sealed class DenyListScan(PhraseTrie phrases, IReadOnlyList<Regex> patterns, string sentence) : IRailScan
{
    /// <summary>Longest pattern match that counts, in canonical characters.</summary>
    public const int MaxMatch = Stride - 1;

    private const int Stride = 256;
    private const int Window = 2 * Stride;
    private readonly CanonicalText _text = new();
    private readonly List<RailFinding> _findings = [];
    private int _position;
    private int _windowStart;

    public int Settled
    {
        get
        {
            var position = patterns.Count == 0 ? _position : Math.Min(_position, PatternPosition);
            return _text.IsComplete && position >= _text.Count ? _text.SourceLength : _text.SourceStart(position);
        }
    }

    public IReadOnlyList<RailFinding> Findings => _findings;

    /// <summary>A match may begin at the start of the next window itself, which belongs to the window before.</summary>
    private int PatternPosition => _text.IsComplete ? _text.Count : _windowStart == 0 ? 0 : _windowStart + 1 > _text.Count ? _text.Count : _windowStart + 1;

    public void Push(ReadOnlySpan<char> piece)
    {
        _text.Append(piece);
        Advance();
    }

    public void Complete()
    {
        _text.Complete();
        Advance();
    }

    private void Advance()
    {
        FollowPhrases();
        RunPatterns();
        _text.Trim(Math.Min(_position, _windowStart), Window);
    }

    private void FollowPhrases()
    {
        while (_position < _text.Count)
        {
            _text.Starved = false;
            var end = phrases.Match(_text, _position);
            if (_text.Starved)
            {
                return;
            }

            if (end > 0)
            {
                Report(_position, end, "phrase");
            }

            _position = Math.Max(end, _position + 1);
        }
    }

    private void RunPatterns()
    {
        if (patterns.Count == 0)
        {
            _windowStart = _position;
            return;
        }

        while (_windowStart < _text.Count && (_text.IsComplete || _text.Count >= _windowStart + Window))
        {
            var end = Math.Min(_text.Count, _windowStart + Window);
            var window = _text.Slice(_windowStart, end);
            foreach (var pattern in patterns)
            {
                RunPattern(pattern, window);
            }

            _windowStart += Stride;
        }
    }

    private void RunPattern(Regex pattern, string window)
    {
        // The first character of a later window was judged by the window before, and here serves word boundaries.
        foreach (var match in pattern.EnumerateMatches(window, _windowStart == 0 ? 0 : 1))
        {
            if (match.Index > Stride)
            {
                return;
            }

            if (match.Length is > 0 and <= MaxMatch)
            {
                Report(_windowStart + match.Index, _windowStart + match.Index + match.Length, "pattern");
            }
        }
    }

    private void Report(int start, int end, string reason)
    {
        var finding = new RailFinding(_text.Source(start, end), RailAction.Block, reason) { Sentence = sentence };
        var index = _findings.Count;
        while (index > 0 && _findings[index - 1].Span.Start > finding.Span.Start)
        {
            index--;
        }

        _findings.Insert(index, finding);
    }
}
