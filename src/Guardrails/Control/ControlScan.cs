using System.Globalization;

namespace GenAI.Guardrails.Control;

internal sealed class ControlScan(ControlOptions options, RailStage stage) : IRailScan
{
    private const string CharactersSentence =
        "The text holds control characters that are not allowed here. Remove them and send it again.";

    private readonly List<RailFinding> _findings = [];
    private readonly int _limit = stage == RailStage.Input ? options.MaxInputChars : options.MaxOutputChars;
    private int _length;
    private char _high;
    private bool _isTooLong;

    /// <summary>A high surrogate waits for its other half.</summary>
    public int Settled => _high == '\0' ? _length : _length - 1;

    public IReadOnlyList<RailFinding> Findings => _findings;

    public void Push(ReadOnlySpan<char> piece)
    {
        foreach (var unit in piece)
        {
            Take(unit);
        }
    }

    public void Complete()
    {
        if (_high != '\0')
        {
            Report(_length - 1, _length, "lone_surrogate");
            _high = '\0';
        }
    }

    private void Take(char unit)
    {
        var position = _length++;
        if (_high != '\0' && !char.IsLowSurrogate(unit))
        {
            Report(position - 1, position, "lone_surrogate");
        }

        if (char.IsHighSurrogate(unit))
        {
            _high = unit;
        }
        else if (char.IsLowSurrogate(unit))
        {
            TakeLow(unit, position);
            _high = '\0';
        }
        else
        {
            _high = '\0';
            if (Reason(unit) is { } reason)
            {
                Report(position, position + 1, reason);
            }
        }

        CheckLength();
    }

    private void TakeLow(char unit, int position)
    {
        if (_high == '\0')
        {
            Report(position, position + 1, "lone_surrogate");
        }
        else if (char.ConvertToUtf32(_high, unit) is >= 0xE0000 and <= 0xE007F)
        {
            Report(position - 1, position + 1, "tag_character");
        }
    }

    private void CheckLength()
    {
        if (_length <= _limit || _isTooLong)
        {
            return;
        }

        _isTooLong = true;
        var limit = _limit.ToString("N0", CultureInfo.InvariantCulture);
        _findings.Add(new RailFinding(new TextSpan(_limit, _limit + 1), RailAction.Block, "too_long")
        {
            Sentence = stage == RailStage.Input
                ? $"A message is longer than {limit} characters. Shorten it, or upload it as a document and ask about that."
                : $"The answer grew longer than {limit} characters and was stopped.",
        });
    }

    private void Report(int start, int end, string reason) =>
        _findings.Add(new RailFinding(new TextSpan(start, end), options.Characters, reason)
        {
            Sentence = options.Characters == RailAction.Block ? CharactersSentence : null,
        });

    private static string? Reason(char unit) => unit switch
    {
        '\t' or '\n' or '\r' => null,
        < ' ' or (>= '\u007F' and <= '\u009F') => "control_character",
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => "bidi_override",
        _ => null,
    };
}
