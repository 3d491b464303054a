using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

/// <summary>
/// Letters and digits in a row with what separates them: "4111 1111", "4.1.1.1", a number cut by a line end.
/// How a number is grouped tells a card from a row of a table, so the gaps are kept.
/// </summary>
internal sealed class SymbolRun
{
    /// <summary>No separator before a symbol.</summary>
    private const char Joined = '\0';

    private const int MaxGap = 3;
    private readonly char[] _symbols;
    private readonly char[] _gaps;
    private readonly int[] _ends;

    private SymbolRun(int capacity)
    {
        _symbols = new char[capacity];
        _gaps = new char[capacity];
        _ends = new int[capacity];
    }

    public int Count { get; private set; }

    /// <summary>Reads up to <paramref name="max"/> digits, or letters too, while <paramref name="goOn"/> says so of what was read.</summary>
    public static SymbolRun Read(CanonicalText text, int start, int max, bool letters, Func<SymbolRun, bool>? goOn = null)
    {
        var run = new SymbolRun(max);
        var position = start;
        while (run.Count < max && IsSymbol(text.Peek(position), letters))
        {
            run.Add(text.Peek(position), run.Count == 0 ? Joined : run.NextGap, ++position);
            if (goOn is not null && !goOn(run))
            {
                break;
            }

            position = run.SkipGap(text, position, letters);
        }

        return run;
    }

    public ReadOnlySpan<char> Symbols(int count) => _symbols.AsSpan(0, count);

    /// <summary>Canonical end of the first <paramref name="count"/> symbols.</summary>
    public int End(int count) => _ends[count - 1];

    /// <summary>
    /// Whether the first symbols stand in these groups: the same separator between groups and none inside. One line end
    /// may fall anywhere.
    /// </summary>
    public bool IsGrouped(params ReadOnlySpan<int> groups)
    {
        var separator = Joined;
        var lineEnds = 0;
        var index = 0;
        foreach (var size in groups)
        {
            for (var inGroup = 0; inGroup < size; inGroup++, index++)
            {
                var gap = _gaps[index];
                var isBoundary = inGroup == 0 && index > 0;
                if (gap == '\n')
                {
                    lineEnds++;
                }
                else if (isBoundary ? gap == Joined : gap != Joined)
                {
                    return false;
                }
                else if (isBoundary)
                {
                    if (separator != Joined && separator != gap)
                    {
                        return false;
                    }

                    separator = gap;
                }
            }
        }

        return lineEnds <= 1;
    }

    /// <summary>Whether every one of the first symbols stands alone, as in "4.1.1.1".</summary>
    public bool IsSpelled(int count)
    {
        for (var index = 2; index < count; index++)
        {
            if (_gaps[index] == Joined || _gaps[index] != _gaps[1])
            {
                return false;
            }
        }

        return count > 1 && _gaps[1] is not (Joined or '\n');
    }

    /// <summary>Groups of four with a shorter last one.</summary>
    public bool IsGroupedByFour(int count)
    {
        Span<int> groups = stackalloc int[(count + 3) / 4];
        groups.Fill(4);
        groups[^1] = count - (4 * (groups.Length - 1));
        return IsGrouped(groups);
    }

    private char NextGap { get; set; }

    private static bool IsSymbol(char value, bool letters) =>
        letters ? char.IsAsciiLetterOrDigit(value) : char.IsAsciiDigit(value);

    private void Add(char symbol, char gap, int end)
    {
        _symbols[Count] = symbol;
        _gaps[Count] = gap;
        _ends[Count] = end;
        Count++;
    }

    private int SkipGap(CanonicalText text, int position, bool letters)
    {
        NextGap = Joined;
        for (var length = 0; length <= MaxGap; length++)
        {
            var value = text.Peek(position + length);
            if (IsSymbol(value, letters))
            {
                return position + length;
            }

            if (value is not (' ' or '-' or '.' or '\n'))
            {
                break;
            }

            // A separator beside a line end or a blank counts as itself: "- " is a dash, " \n" a line end.
            NextGap = NextGap is Joined or ' ' || (NextGap != '\n' && value == '\n') ? value : NextGap;
        }

        return position;
    }
}
