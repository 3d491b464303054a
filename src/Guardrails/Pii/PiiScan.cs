using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

/// <summary>
/// Walks the canonical text twice: ahead for values that prove themselves, behind it for mere shapes, which give way to
/// them. A place is decided when its matchers have seen enough to be sure, so the result is the same whether the text
/// came whole or in pieces. Where shapes are only reported, the text waits for the walk ahead alone: any word may grow
/// into an e-mail address, hardly any into a key or an account number.
/// </summary>
internal sealed class PiiScan(PiiOptions options, RailStage stage) : IRailScan
{
    private readonly CanonicalText _text = new();
    private readonly List<RailFinding> _findings = [];
    private readonly Queue<(int Start, int End, PiiKind Kind)> _proven = new();
    private readonly bool _waitsForShapes = PiiRail.Weak.Any(matcher => options.Mode(matcher.Kind, stage) == RailMode.Enforce);
    private int _provenPosition;
    private int _shapePosition;

    public int Settled
    {
        get
        {
            var position = _waitsForShapes ? _shapePosition : _provenPosition;
            return _text.IsComplete && position >= _text.Count ? _text.SourceLength : _text.SourceStart(position);
        }
    }

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
        while (_provenPosition < _text.Count && TakeProven())
        {
        }

        while (_shapePosition < _provenPosition && TakeShape())
        {
        }

        _text.Trim(_shapePosition, 2 * PiiContext.Reach);
    }

    private bool TakeProven()
    {
        var start = _provenPosition;
        if (!TryBest(PiiRail.Strong, start, out var end, out var kind))
        {
            return false;
        }

        _provenPosition = Math.Max(end, start + 1);
        if (end > 0)
        {
            _proven.Enqueue((start, end, kind));
            if (!_waitsForShapes)
            {
                Report(start, end, kind);
            }
        }

        return true;
    }

    private bool TakeShape()
    {
        var start = _shapePosition;
        if (_proven.TryPeek(out var proven) && proven.Start == start)
        {
            _proven.Dequeue();
            _shapePosition = proven.End;
            if (_waitsForShapes)
            {
                Report(proven.Start, proven.End, proven.Kind);
            }

            return true;
        }

        if (!TryBest(PiiRail.Weak, start, out var end, out var kind) || end > _provenPosition)
        {
            return false;
        }

        if (end < 0 || (_proven.Count > 0 && proven.Start < end))
        {
            _shapePosition++;
            return true;
        }

        Report(start, end, kind);
        _shapePosition = end;
        return true;
    }

    /// <summary>A shape may be sure later than a proven value behind it, so it takes its place by its start.</summary>
    private void Report(int start, int end, PiiKind kind)
    {
        var mode = options.Mode(kind, stage);
        if (mode == RailMode.Off)
        {
            return;
        }

        var finding = new RailFinding(
            _text.Source(start, end),
            mode == RailMode.Enforce ? RailAction.Mask : RailAction.Pass,
            PiiRail.Reason(kind))
        {
            Label = PiiRail.Label(kind),
            Value = PiiRail.Identity(kind, _text.Slice(start, end)),
        };
        var index = _findings.Count;
        while (index > 0 && _findings[index - 1].Span.Start > finding.Span.Start)
        {
            index--;
        }

        _findings.Insert(index, finding);
    }

    /// <summary>The longest match at a place, or -1; false when the text must go on before that is sure.</summary>
    private bool TryBest(IReadOnlyList<IPiiMatcher> matchers, int start, out int end, out PiiKind kind)
    {
        _text.Starved = false;
        (end, kind) = (-1, default);
        foreach (var matcher in matchers)
        {
            var match = matcher.Match(_text, start);
            if (match > end)
            {
                (end, kind) = (match, matcher.Kind);
            }
        }

        return !_text.Starved;
    }
}
