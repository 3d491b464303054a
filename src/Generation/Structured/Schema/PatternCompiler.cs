using System.Globalization;

namespace GenAI.Generation.Structured.Schema;

/// <summary>
/// Regular expressions as JSON strings: literals, classes, groups, alternatives and repetitions, with anchors at the ends of the whole
/// pattern or of its top-level alternatives. Anything a grammar cannot say (looking around, back references, word boundaries) is refused.
/// </summary>
internal sealed class PatternCompiler(StringRules strings, string pattern, string path)
{
    private int _position;
    private int _depth;

    public string Compile(int minLength, int? maxLength)
    {
        var alternatives = new List<PatternPart>();
        do
        {
            var isAnchored = TrySkip('^');
            var part = Sequence(atTop: true);
            var endsAnchored = TrySkip('$');
            var any = new PatternPart($"{strings.Char}*", 0, null);
            part = isAnchored ? part : any.Then(part);
            alternatives.Add(endsAnchored ? part : part.Then(any));
        }
        while (TrySkip('|'));

        if (_position < pattern.Length)
        {
            throw Unsupported($"holds '{pattern[_position]}' where it is not supported");
        }

        var whole = PatternPart.Either(alternatives);
        return whole.Min >= minLength && (maxLength is null || whole.Max <= maxLength)
            ? whole.Text
            : throw Unsupported("cannot be enforced together with a length that it does not keep by itself");
    }

    private bool AtEnd => _position >= pattern.Length;

    private PatternPart Sequence(bool atTop)
    {
        if (++_depth > 50)
        {
            throw Unsupported("is nested too deeply");
        }

        var result = PatternPart.Empty;
        while (!AtEnd && pattern[_position] is not ('|' or ')') && !(pattern[_position] == '$' && atTop && EndsAlternative()))
        {
            result = result.Then(Repeated(Atom()));
        }

        _depth--;
        return result;
    }

    private bool EndsAlternative() => _position + 1 == pattern.Length || pattern[_position + 1] == '|';

    private PatternPart Atom()
    {
        var c = pattern[_position++];
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                return Class();
            case '.':
                return new PatternPart(strings.Char, 1, 1);
            case '\\':
                return new PatternCharacters(Escape(inClass: false)).ToPart();
            case '*' or '+' or '?' or '^' or '$':
                throw Unsupported($"holds '{c}' where it is not supported");
            default:
                if (char.IsHighSurrogate(c) && !AtEnd)
                {
                    return new PatternCharacters([(char.ConvertToUtf32(c, pattern[_position]), char.ConvertToUtf32(c, pattern[_position++]))]).ToPart();
                }

                return new PatternCharacters([(c, c)]).ToPart();
        }
    }

    private PatternPart Group()
    {
        if (TrySkip('?'))
        {
            if (!TrySkip(':'))
            {
                throw Unsupported("holds a group of a kind that is not supported");
            }
        }

        var alternatives = new List<PatternPart> { Sequence(atTop: false) };
        while (TrySkip('|'))
        {
            alternatives.Add(Sequence(atTop: false));
        }

        return TrySkip(')') ? PatternPart.Either(alternatives) : throw Unsupported("has a group that is not closed");
    }

    private PatternPart Repeated(PatternPart part)
    {
        while (!AtEnd)
        {
            (int Min, int? Max) count;
            switch (pattern[_position])
            {
                case '*':
                    count = (0, null);
                    _position++;
                    break;
                case '+':
                    count = (1, null);
                    _position++;
                    break;
                case '?':
                    count = (0, 1);
                    _position++;
                    break;
                case '{' when TryCount(out count):
                    break;
                default:
                    return part;
            }

            TrySkip('?'); // Which match is preferred does not matter to a grammar.
            part = part.Times(count.Min, count.Max);
        }

        return part;
    }

    private bool TryCount(out (int Min, int? Max) count)
    {
        count = default;
        var end = pattern.IndexOf('}', _position);
        if (end < 0)
        {
            return false;
        }

        var parts = pattern[(_position + 1)..end].Split(',');
        if (parts.Length > 2 || !TryNumber(parts[0], out var min) || (parts.Length == 2 && parts[1].Length > 0 && !TryNumber(parts[1], out _)))
        {
            return false;
        }

        var max = parts.Length == 1 ? min : parts[1].Length == 0 ? (int?)null : int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (min > Gbnf.MaxRepetition || max > Gbnf.MaxRepetition || max < min)
        {
            throw Unsupported($"repeats something more than {Gbnf.MaxRepetition} times, or less often than it repeats it");
        }

        count = (min, max);
        _position = end + 1;
        return true;
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private PatternPart Class()
    {
        var isNegated = TrySkip('^');
        var ranges = new List<(int From, int To)>();
        for (var isFirst = true; AtEnd || pattern[_position] != ']' || isFirst; isFirst = false)
        {
            if (AtEnd)
            {
                throw Unsupported("has a class that is not closed");
            }

            if (pattern[_position] == ']')
            {
                throw Unsupported("has an empty class");
            }

            var item = ClassItem();
            if (item.Count == 1 && item[0].From == item[0].To && _position + 1 < pattern.Length && pattern[_position] == '-' && pattern[_position + 1] != ']')
            {
                _position++;
                var last = ClassItem();
                if (last.Count != 1 || last[0].From < item[0].From)
                {
                    throw Unsupported("has a class with a range that is none");
                }

                item = [(item[0].From, last[0].To)];
            }

            ranges.AddRange(item);
        }

        _position++;
        return new PatternCharacters(isNegated ? PatternCharacters.Complement(ranges) : ranges).ToPart();
    }

    private List<(int From, int To)> ClassItem()
    {
        var c = pattern[_position++];
        if (c == '\\')
        {
            return Escape(inClass: true);
        }

        var code = char.IsHighSurrogate(c) && !AtEnd ? char.ConvertToUtf32(c, pattern[_position++]) : c;
        return [(code, code)];
    }

    private List<(int From, int To)> Escape(bool inClass)
    {
        var c = AtEnd ? throw Unsupported("ends in a backslash") : pattern[_position++];
        switch (c)
        {
            case 'd':
                return [('0', '9')];
            case 'w':
                return PatternCharacters.Word();
            case 's':
                return PatternCharacters.Blank();
            case 'D':
                return PatternCharacters.Complement([('0', '9')]);
            case 'W':
                return PatternCharacters.Complement(PatternCharacters.Word());
            case 'S':
                return PatternCharacters.Complement(PatternCharacters.Blank());
            case 'x' or 'u':
                var length = c == 'x' ? 2 : 4;
                if (_position + length <= pattern.Length && int.TryParse(pattern.AsSpan(_position, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && !char.IsSurrogate((char)code))
                {
                    _position += length;
                    return [(code, code)];
                }

                break;
            case 'n' or 't' or 'r' or 'f' or 'v':
                var control = c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'f' => '\f', _ => '\v' };
                return [(control, control)];
            case 'b' when inClass:
                return [('\b', '\b')];
            case var other when !char.IsAsciiLetterOrDigit(other):
                return [(other, other)];
        }

        throw Unsupported($"holds '\\{c}', which is not supported");
    }

    private bool TrySkip(char c)
    {
        if (AtEnd || pattern[_position] != c)
        {
            return false;
        }

        _position++;
        return true;
    }

    private UnsupportedSchemaException Unsupported(string reason) => new("pattern", path, reason);
}
