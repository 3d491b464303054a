using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured.Output;

/// <summary>
/// Splits text into answer, reasoning and calls at their markers. What could still become a marker is held back, and so are blanks, which
/// are dropped where they only set off markup. The contents, joined, do not depend on how the stream was cut.
/// </summary>
internal sealed class MarkupOutputParser : IOutputParser
{
    private const string ThinkOpening = "<think>";
    private const string ThinkClosing = "</think>";

    private readonly IReadOnlyList<CallSyntax> _syntaxes;
    private readonly bool _hasReasoning;
    private string _pending = "";
    private string _skipped = "";
    private CallSyntax? _call;
    private bool _isReasoning;
    private bool _skipsBlanks;
    private bool _hasText;

    public MarkupOutputParser(IReadOnlyList<CallSyntax> syntaxes, bool hasReasoning, bool startsInReasoning)
    {
        _syntaxes = syntaxes;
        _hasReasoning = hasReasoning;
        _isReasoning = startsInReasoning;
        _skipsBlanks = startsInReasoning;
    }

    public IReadOnlyList<AIContent> Push(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        _pending += piece;
        var contents = new List<AIContent>();
        while (Step(contents))
        {
        }

        return contents;
    }

    public IReadOnlyList<AIContent> Complete()
    {
        var contents = new List<AIContent>();
        while (_call is not null || _pending.Length > 0)
        {
            if (_call is { } call)
            {
                var reading = call.ReadLast(_pending) ?? new CallReading(_pending.Length, null);
                EndCall(call, reading, contents);
            }
            else if (!Step(contents))
            {
                Emit(_pending, contents);
                _pending = "";
            }
        }

        return contents;
    }

    /// <summary>Does the next certain thing; false when more text is needed.</summary>
    private bool Step(List<AIContent> contents)
    {
        if (_call is { } call)
        {
            var reading = call.Read(_pending);
            if (reading is not null)
            {
                EndCall(call, reading, contents);
            }

            return reading is not null;
        }

        if (_skipsBlanks)
        {
            _pending = _pending.TrimStart([' ', '\t', '\r', '\n', .. _skipped]);
            _skipsBlanks = _pending.Length == 0;
        }

        return _pending.Length > 0 && (_isReasoning ? StepInReasoning(contents) : StepInText(contents));
    }

    private bool StepInReasoning(List<AIContent> contents)
    {
        var closing = _pending.IndexOf(ThinkClosing, StringComparison.Ordinal);
        var opening = _pending.IndexOf(ThinkOpening, StringComparison.Ordinal);
        if (closing < 0 && opening < 0)
        {
            return EmitCertain([ThinkClosing, ThinkOpening], contents);
        }

        // A model may repeat the opening that the prompt already wrote.
        var isClosing = opening < 0 || (closing >= 0 && closing < opening);
        var at = isClosing ? closing : opening;
        Emit(_pending[..at].TrimEnd(), contents);
        Advance(at + (isClosing ? ThinkClosing.Length : ThinkOpening.Length));
        _isReasoning = !isClosing;
        return true;
    }

    private bool StepInText(List<AIContent> contents)
    {
        var markers = Markers().ToList();
        var (marker, at) = markers
            .Select(m => (Marker: m, At: _pending.IndexOf(m, StringComparison.Ordinal)))
            .Where(static found => found.At >= 0)
            .OrderBy(static found => found.At)
            .FirstOrDefault();
        var atStart = _hasText ? null : _syntaxes.FirstOrDefault(s => s.OnlyAtStart && _pending.TrimStart().StartsWith(s.Opening, StringComparison.Ordinal));
        if (atStart is not null)
        {
            _pending = _pending.TrimStart()[atStart.Opening.Length..];
            _call = atStart;
            return true;
        }

        if (marker is null)
        {
            return EmitCertain(markers, contents);
        }

        _call = _syntaxes.FirstOrDefault(s => s.Opening == marker && !s.OnlyAtStart);
        var before = _pending[..at];
        Emit(_call is not null || (!_hasText && before.AsSpan().IsWhiteSpace()) ? before.TrimEnd() : before, contents);
        Advance(at + marker.Length);
        _skipsBlanks = _call is null;
        _isReasoning = marker == ThinkOpening;
        return true;
    }

    private IEnumerable<string> Markers() => _syntaxes.Where(static s => !s.OnlyAtStart).Select(static s => s.Opening)
        .Concat(_hasReasoning ? [ThinkOpening, ThinkClosing] : []);

    private void Advance(int length)
    {
        _pending = _pending[length..];
        _skipsBlanks = true;
        _skipped = "";
    }

    private void EndCall(CallSyntax call, CallReading reading, List<AIContent> contents)
    {
        _call = null;
        if (reading.Calls is null)
        {
            // Not a call after all: it stays text, except a marker that stands alone before other text.
            Emit(call.Opening + _pending[..reading.Length], contents);
            _pending = _pending[reading.Length..];
            _skipsBlanks = false;
            return;
        }

        contents.AddRange(reading.Calls);
        Advance(reading.Length);
        _skipped = call.Separators;
    }

    /// <summary>Emits all but a tail that may be the start of a marker, with the blanks before it.</summary>
    private bool EmitCertain(IReadOnlyList<string> markers, List<AIContent> contents)
    {
        var certain = _pending.Length;
        for (var tail = 1; tail <= _pending.Length; tail++)
        {
            if (markers.Any(m => m.Length > tail && _pending.AsSpan(_pending.Length - tail).SequenceEqual(m.AsSpan(0, tail))))
            {
                certain = _pending.Length - tail;
            }
            else if (tail > markers.Max(static m => m.Length))
            {
                break;
            }
        }

        certain = _pending.AsSpan(0, certain).TrimEnd().Length;
        Emit(_pending[..certain], contents);
        _pending = _pending[certain..];
        return false;
    }

    private void Emit(string text, List<AIContent> contents)
    {
        if (text.Length == 0)
        {
            return;
        }

        contents.Add(_isReasoning ? new TextReasoningContent(text) : new TextContent(text));
        _hasText |= !_isReasoning;
    }
}
