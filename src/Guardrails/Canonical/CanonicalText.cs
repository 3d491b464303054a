using System.Text;

namespace GenAI.Guardrails.Canonical;

/// <summary>
/// A growing text in its canonical form, with the way back to the original. A matcher reads it by <see cref="Peek"/>;
/// when it reads past what has arrived, <see cref="Starved"/> says that its result is not final yet. This is what
/// makes a check in pieces equal to a check of the whole.
/// </summary>
internal sealed class CanonicalText
{
    private const int TrimThreshold = 8192;
    private readonly List<char> _values = [];
    private readonly List<TextSpan> _sources = [];
    private readonly (int Start, int End)[] _words = new (int Start, int End)[2];
    private (int Start, int End) _digitless;
    private int _lastWord;
    private int _trimmed;
    private char _highSurrogate;

    /// <summary>Characters (canonical) that have arrived.</summary>
    public int Count => _trimmed + _values.Count;

    /// <summary>UTF-16 units (original) that have arrived.</summary>
    public int SourceLength { get; private set; }

    public bool IsComplete { get; private set; }

    /// <summary>Set when a matcher looked past the end of an unfinished text.</summary>
    public bool Starved { get; set; }

    public void Append(ReadOnlySpan<char> piece)
    {
        foreach (var unit in piece)
        {
            AppendUnit(unit);
        }
    }

    public void Complete()
    {
        // A lone surrogate at the end is no character: it has no canonical form.
        _highSurrogate = '\0';
        IsComplete = true;
    }

    /// <summary>The character at an absolute canonical position; NUL before the start and after the end.</summary>
    public char Peek(int position)
    {
        if (position >= Count)
        {
            Starved |= !IsComplete;
            return '\0';
        }

        var index = position - _trimmed;
        return index < 0 ? '\0' : _values[index];
    }

    /// <summary>
    /// End of the letters, digits, '_' and '-' from a position on, at most <paramref name="most"/> of them. What was read
    /// is remembered: a long run in which many places look like the start of a value is walked once, not once for each.
    /// </summary>
    public int WordEnd(int position, int most)
    {
        var known = Array.FindIndex(_words, word => position >= word.Start && position < word.End);
        if (known < 0)
        {
            known = _lastWord = 1 - _lastWord;
            _words[known] = (position, position);
        }

        var limit = position + most;
        var end = _words[known].End;
        while (end < limit && (char.IsAsciiLetterOrDigit(Peek(end)) || Peek(end) is '_' or '-'))
        {
            end++;
        }

        _words[known].End = end;
        return Math.Min(end, limit);
    }

    /// <summary>Whether an ASCII digit stands in the range; it must have arrived.</summary>
    public bool HasDigit(int start, int end)
    {
        var (from, to) = _digitless;
        if (start < from || start > to)
        {
            (from, to) = (start, start);
        }

        while (to < end && !char.IsAsciiDigit(Peek(to)))
        {
            to++;
        }

        _digitless = (from, to);
        return to < end;
    }

    /// <summary>The original range behind the canonical range, what was stripped inside it included.</summary>
    public TextSpan Source(int start, int end) =>
        new(_sources[start - _trimmed].Start, _sources[end - 1 - _trimmed].End);

    /// <summary>Original offset at which the canonical position begins; the end of what arrived for the position after the last.</summary>
    public int SourceStart(int position) =>
        position < Count ? _sources[position - _trimmed].Start : PendingStart;

    public string Slice(int start, int end) =>
        string.Create(end - start, (this, start), static (span, state) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = state.Item1.Peek(state.start + index);
            }
        });

    /// <summary>Forgets what stands more than <paramref name="keep"/> characters before the position.</summary>
    public void Trim(int position, int keep)
    {
        var excess = position - keep - _trimmed;
        if (excess < TrimThreshold)
        {
            return;
        }

        _values.RemoveRange(0, excess);
        _sources.RemoveRange(0, excess);
        _trimmed += excess;
    }

    private int PendingStart => _highSurrogate == '\0' ? SourceLength : SourceLength - 1;

    private void AppendUnit(char unit)
    {
        SourceLength++;
        if (char.IsHighSurrogate(unit))
        {
            _highSurrogate = unit;
        }
        else if (char.IsLowSurrogate(unit))
        {
            if (_highSurrogate != '\0')
            {
                AppendRune(new Rune(_highSurrogate, unit), SourceLength - 2);
            }

            _highSurrogate = '\0';
        }
        else
        {
            _highSurrogate = '\0';
            AppendRune(new Rune(unit), SourceLength - 1);
        }
    }

    private void AppendRune(Rune rune, int start)
    {
        Span<char> folded = stackalloc char[CanonicalFold.MaxLength];
        var length = CanonicalFold.Fold(rune, folded);
        for (var index = 0; index < length; index++)
        {
            _values.Add(folded[index]);
            _sources.Add(new TextSpan(start, SourceLength));
        }
    }
}
