using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

/// <summary>
/// Walks the canonical text once. Each place is decided when every matcher has seen enough to be sure, so the walk is
/// the same whether the text came whole or in pieces, and ordinary words are let go as soon as no matcher lives on them.
/// </summary>
internal sealed class PiiScan(PiiOptions options, RailStage stage) : IRailScan
{
    private readonly CanonicalText _text = new();
    private readonly List<RailFinding> _findings = [];
    private int _position;

    public int Settled => _text.IsComplete && _position >= _text.Count ? _text.SourceLength : _text.SourceStart(_position);

    public IReadOnlyList<RailFinding> Findings => _findings;

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
        while (_position < _text.Count)
        {
            _text.Starved = false;
            var end = Best(PiiRail.Strong, _position, out var kind);
            if (end < 0)
            {
                end = Best(PiiRail.Weak, _position, out kind);
                if (end > 0 && HidesStrong(_position + 1, end))
                {
                    end = -1;
                }
            }

            if (_text.Starved)
            {
                return;
            }

            Take(end, kind);
        }

        _text.Trim(_position, 2 * PiiContext.Reach);
    }

    private void Take(int end, PiiKind kind)
    {
        if (end < 0)
        {
            _position++;
            return;
        }

        var mode = options.Mode(kind, stage);
        if (mode != RailMode.Off)
        {
            _findings.Add(new RailFinding(
                _text.Source(_position, end),
                mode == RailMode.Enforce ? RailAction.Mask : RailAction.Pass,
                PiiRail.Reason(kind))
            {
                Label = PiiRail.Label(kind),
                Value = PiiRail.Identity(kind, _text.Slice(_position, end)),
            });
        }

        _position = end;
    }

    /// <summary>A shape without a checksum gives way to a proven value that begins inside it.</summary>
    private bool HidesStrong(int start, int end)
    {
        for (var position = start; position < end; position++)
        {
            if (Best(PiiRail.Strong, position, out _) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The longest match at a place.</summary>
    private int Best(IReadOnlyList<IPiiMatcher> matchers, int start, out PiiKind kind)
    {
        kind = default;
        var best = -1;
        foreach (var matcher in matchers)
        {
            var end = matcher.Match(_text, start);
            if (end > best)
            {
                best = end;
                kind = matcher.Kind;
            }
        }

        return best;
    }
}
