using System.Globalization;
using System.Text;

namespace GenAI.Generation.Structured.Grammars;

/// <summary>
/// Reads GBNF into rules as llama.cpp unrolls it: groups and repetitions become rules of their own. More lenient than
/// the engine, which has the last word on what is valid; this reading is there to know the size before the engine does.
/// </summary>
internal sealed class GbnfParser
{
    public const int MaxNesting = 64;
    public const int MaxElements = 100_000;
    private const int MaxRepetition = 2000;

    private readonly string _text;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<List<GbnfElement[]>> _rules = [];
    private int _position;
    private int _nesting;
    private int _choices;
    private long _elements;

    private GbnfParser(string text) => _text = text;

    /// <summary>The rules, each a list of alternatives; the first is <c>root</c>.</summary>
    /// <param name="choices">Number of alternatives that are written down beside the first ones.</param>
    /// <exception cref="GenerationException">It is no GBNF, or larger than a request may ask for (<see cref="GenerationFailure.InvalidRequest"/>).</exception>
    public static IReadOnlyList<IReadOnlyList<GbnfElement[]>> Parse(string text, out int choices)
    {
        var parser = new GbnfParser(text);
        parser.RuleOf("root");
        for (parser.SkipBlank(); !parser.AtEnd; parser.SkipBlank())
        {
            var name = parser.Name();
            if (name.Length == 0 || !parser.TrySkipDefinition())
            {
                throw parser.Invalid("a rule is written NAME ::= ...");
            }

            parser._rules[parser.RuleOf(name)].AddRange(parser.Alternatives());
        }

        choices = parser._choices;
        return parser._rules[0].Count == 0 ? throw Refused("has no rule named 'root'.") : parser._rules;
    }

    public static GenerationException Refused(string what) => new(GenerationFailure.InvalidRequest, "The grammar " + what);

    private bool AtEnd => _position >= _text.Length;

    private List<GbnfElement[]> Alternatives()
    {
        if (++_nesting > MaxNesting)
        {
            throw Refused($"has more than {MaxNesting} parentheses within one another.");
        }

        var alternatives = new List<GbnfElement[]> { Sequence() };
        while (TrySkip('|'))
        {
            _choices++;
            alternatives.Add(Sequence());
        }

        _nesting--;
        return alternatives;
    }

    private GbnfElement[] Sequence()
    {
        var sequence = new List<GbnfElement>();
        for (SkipBlank(); !AtEnd && _text[_position] is not ('|' or ')') && !StartsRule(); SkipBlank())
        {
            var item = Item();
            SkipBlank();
            while (!AtEnd && Repetition() is { } count)
            {
                item = Repeat(item, count.Min, count.Max);
                SkipBlank();
            }

            sequence.AddRange(item);
            Count(item.Length);
        }

        return [.. sequence];
    }

    private GbnfElement[] Item()
    {
        switch (_text[_position])
        {
            case '"':
                return Literal();
            case '[':
                return [Set()];
            case '.':
                _position++;
                return [GbnfElement.Of([(0, 0x10FFFF)])];
            case '(':
                _position++;
                var group = NewRule(Alternatives());
                return TrySkip(')') ? [GbnfElement.Of(group)] : throw Invalid("a parenthesis is not closed");
            case '<' or '!':
                // A token of the vocabulary; which characters it stands for does not matter to the size.
                var end = _text.IndexOf('>', _position);
                _position = end < 0 ? throw Invalid("a token is not closed") : end + 1;
                return [GbnfElement.Of([(0, 0x10FFFF)])];
            default:
                var name = Name();
                return name.Length > 0 ? [GbnfElement.Of(RuleOf(name))] : throw Invalid($"'{_text[_position]}' is not expected here");
        }
    }

    private GbnfElement[] Literal()
    {
        var characters = new List<GbnfElement>();
        for (_position++; !AtEnd && _text[_position] != '"';)
        {
            var code = Character();
            characters.Add(GbnfElement.Of([(code, code)]));
        }

        return TrySkip('"') ? [.. characters] : throw Invalid("a text is not closed");
    }

    private GbnfElement Set()
    {
        _position++;
        var isNegated = TryTake('^');
        var ranges = new List<(int, int)>();
        while (!AtEnd && _text[_position] != ']')
        {
            var from = Character();
            var to = from;
            if (_position + 1 < _text.Length && _text[_position] == '-' && _text[_position + 1] != ']')
            {
                _position++;
                to = Character();
            }

            ranges.Add((from, to));
        }

        Count(ranges.Count);
        return TrySkip(']') ? GbnfElement.Of([.. ranges], isNegated) : throw Invalid("a set of characters is not closed");
    }

    private int Character()
    {
        if (!TryTake('\\'))
        {
            Rune.DecodeFromUtf16(_text.AsSpan(_position), out var rune, out var length);
            _position += length;
            return rune.Value;
        }

        var escape = AtEnd ? throw Invalid("it ends in a backslash") : _text[_position++];
        var digits = escape switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            return escape switch { 'n' => '\n', 'r' => '\r', 't' => '\t', _ => escape };
        }

        if (_position + digits > _text.Length || !int.TryParse(_text.AsSpan(_position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw Invalid($"\\{escape} wants {digits} hexadecimal digits");
        }

        _position += digits;
        return code;
    }

    private (int Min, int? Max)? Repetition()
    {
        switch (_text[_position])
        {
            case '*':
                _position++;
                return (0, null);
            case '+':
                _position++;
                return (1, null);
            case '?':
                _position++;
                return (0, 1);
            case '{':
                var end = _text.IndexOf('}', _position);
                var parts = end < 0 ? [] : _text[(_position + 1)..end].Split(',', StringSplitOptions.TrimEntries);
                _position = end + 1;
                return parts switch
                {
                    [var exact] => (Times(exact), Times(exact)),
                    [var min, ""] => (Times(min), null),
                    [var min, var max] => (min.Length == 0 ? 0 : Times(min), Times(max)),
                    _ => throw Invalid("a repetition is written {m}, {m,} or {m,n}"),
                };
            default:
                return null;
        }
    }

    private static int Times(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times <= MaxRepetition
        ? times
        : throw Refused($"repeats something '{text}' times; a repetition is a number of at most {MaxRepetition}.");

    private GbnfElement[] Repeat(GbnfElement[] item, int min, int? max)
    {
        // The engine copies a set with all of its ranges.
        var size = item.Sum(static element => Math.Max(1, element.Ranges.Length));
        Count((long)size * (max ?? min + 1));
        var one = item.Length == 1 ? item : [GbnfElement.Of(NewRule([item]))];
        var result = Enumerable.Repeat(one[0], min).ToList();
        if (max is null)
        {
            var again = NewRule([]);
            _rules[again].AddRange([[one[0], GbnfElement.Of(again)], []]);
            result.Add(GbnfElement.Of(again));
            return [.. result];
        }

        var rest = -1;
        for (var i = min; i < max; i++)
        {
            rest = NewRule([rest < 0 ? one : [one[0], GbnfElement.Of(rest)], []]);
        }

        return rest < 0 ? [.. result] : [.. result, GbnfElement.Of(rest)];
    }

    private void Count(long elements)
    {
        _elements += elements;
        if (_elements > MaxElements)
        {
            throw Refused($"unrolls to more than {MaxElements} elements: repeat less, or smaller parts.");
        }
    }

    private int RuleOf(string name)
    {
        if (!_names.TryGetValue(name, out var rule))
        {
            _names[name] = rule = NewRule([]);
        }

        return rule;
    }

    private int NewRule(List<GbnfElement[]> alternatives)
    {
        _rules.Add(alternatives);
        Count(1);
        return _rules.Count - 1;
    }

    /// <summary>Whether the next rule begins here, which is how the last one ends.</summary>
    private bool StartsRule()
    {
        var start = _position;
        var starts = Name().Length > 0 && TrySkipDefinition();
        _position = start;
        return starts;
    }

    private bool TrySkipDefinition()
    {
        while (!AtEnd && _text[_position] is ' ' or '\t')
        {
            _position++;
        }

        var starts = string.CompareOrdinal(_text, _position, "::=", 0, 3) == 0;
        _position += starts ? 3 : 0;
        return starts;
    }

    private string Name()
    {
        var start = _position;
        while (!AtEnd && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] is '-' or '_'))
        {
            _position++;
        }

        return _text[start.._position];
    }

    private void SkipBlank()
    {
        while (!AtEnd && (char.IsWhiteSpace(_text[_position]) || _text[_position] == '#'))
        {
            var isComment = _text[_position] == '#';
            var end = isComment ? _text.IndexOf('\n', _position) : _position;
            _position = end < 0 ? _text.Length : end + 1;
        }
    }

    private bool TrySkip(char expected)
    {
        SkipBlankUnlessText(expected);
        return TryTake(expected);
    }

    private void SkipBlankUnlessText(char expected)
    {
        if (expected is '|' or ')')
        {
            SkipBlank();
        }
    }

    private bool TryTake(char expected)
    {
        if (AtEnd || _text[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private GenerationException Invalid(string why) =>
        Refused(string.Create(CultureInfo.InvariantCulture, $"is not valid GBNF at character {_position + 1}: {why}."));
}
