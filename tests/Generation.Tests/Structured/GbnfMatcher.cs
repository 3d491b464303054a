using System.Globalization;
using System.Text;

namespace GenAI.Generation.Tests.Structured;

/// <summary>Says whether a text belongs to a GBNF grammar: each rule yields every place where it may end, remembered by rule and place.</summary>
internal sealed class GbnfMatcher
{
    private readonly Dictionary<string, Node> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<(Node, int), int[]> _memo = [];
    private int[] _text = [];

    public GbnfMatcher(string grammar)
    {
        foreach (var line in grammar.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = line.IndexOf(" ::= ", StringComparison.Ordinal);
            at.ShouldBeGreaterThan(0, line);
            var reader = new Reader(line[(at + 5)..]);
            _rules.Add(line[..at], reader.Alternatives());
            reader.AtEnd.ShouldBeTrue(line);
        }
    }

    public bool Matches(string text)
    {
        _memo.Clear();
        _text = [.. text.EnumerateRunes().Select(static r => r.Value)];
        return Ends(_rules["root"], 0).Contains(_text.Length);
    }

    private int[] Ends(Node node, int at)
    {
        if (_memo.TryGetValue((node, at), out var known))
        {
            return known;
        }

        var ends = Compute(node, at).Distinct().ToArray();
        _memo[(node, at)] = ends;
        return ends;
    }

    private IEnumerable<int> Compute(Node node, int at)
    {
        switch (node)
        {
            case Node.Class set:
                return at < _text.Length && set.Ranges.Any(r => r.From <= _text[at] && _text[at] <= r.To) != set.IsNegated ? [at + 1] : [];
            case Node.Reference reference:
                return Ends(_rules[reference.Name], at);
            case Node.Choice choice:
                return choice.Items.SelectMany(item => Ends(item, at));
            case Node.Sequence sequence:
                IEnumerable<int> places = [at];
                foreach (var item in sequence.Items)
                {
                    places = places.SelectMany(p => Ends(item, p)).Distinct().ToList();
                }

                return places;
            case Node.Repeat repeat:
                return Repeated(repeat, at);
            default:
                throw new InvalidOperationException(node.ToString());
        }
    }

    private HashSet<int> Repeated(Node.Repeat repeat, int at)
    {
        var found = new HashSet<int>();
        HashSet<int> places = [at];
        for (var count = 0; places.Count > 0 && count <= (repeat.Max ?? int.MaxValue); count++)
        {
            if (count >= repeat.Min)
            {
                var before = found.Count;
                found.UnionWith(places);
                if (found.Count == before)
                {
                    break;
                }
            }

            places = [.. places.SelectMany(p => Ends(repeat.Item, p))];
        }

        return found;
    }

    private abstract class Node
    {
        internal sealed class Class(bool isNegated, IReadOnlyList<(int From, int To)> ranges) : Node
        {
            public bool IsNegated { get; } = isNegated;

            public IReadOnlyList<(int From, int To)> Ranges { get; } = ranges;
        }

        internal sealed class Reference(string name) : Node
        {
            public string Name { get; } = name;
        }

        internal sealed class Choice(IReadOnlyList<Node> items) : Node
        {
            public IReadOnlyList<Node> Items { get; } = items;
        }

        internal sealed class Sequence(IReadOnlyList<Node> items) : Node
        {
            public IReadOnlyList<Node> Items { get; } = items;
        }

        internal sealed class Repeat(Node item, int min, int? max) : Node
        {
            public Node Item { get; } = item;

            public int Min { get; } = min;

            public int? Max { get; } = max;
        }
    }

    private sealed class Reader(string source)
    {
        private int _position;

        public bool AtEnd => _position >= source.Length;

        public Node.Choice Alternatives()
        {
            var items = new List<Node> { Sequence() };
            while (!AtEnd && source[_position] == '|')
            {
                _position++;
                items.Add(Sequence());
            }

            return new Node.Choice(items);
        }

        private Node.Sequence Sequence()
        {
            var items = new List<Node>();
            while (true)
            {
                while (!AtEnd && source[_position] == ' ')
                {
                    _position++;
                }

                if (AtEnd || source[_position] is '|' or ')')
                {
                    return new Node.Sequence(items);
                }

                items.Add(Suffix(Item()));
            }
        }

        private Node Item()
        {
            switch (source[_position])
            {
                case '"':
                    return Literal();
                case '[':
                    return Set();
                case '(':
                    _position++;
                    var inner = Alternatives();
                    source[_position++].ShouldBe(')');
                    return inner;
                default:
                    var start = _position;
                    while (!AtEnd && (char.IsAsciiLetterOrDigit(source[_position]) || source[_position] == '-'))
                    {
                        _position++;
                    }

                    _position.ShouldBeGreaterThan(start, source);
                    return new Node.Reference(source[start.._position]);
            }
        }

        private Node Suffix(Node item)
        {
            while (!AtEnd)
            {
                switch (source[_position])
                {
                    case '*':
                        item = new Node.Repeat(item, 0, null);
                        break;
                    case '+':
                        item = new Node.Repeat(item, 1, null);
                        break;
                    case '?':
                        item = new Node.Repeat(item, 0, 1);
                        break;
                    case '{':
                        var end = source.IndexOf('}', _position);
                        var parts = source[(_position + 1)..end].Split(',');
                        var min = int.Parse(parts[0], CultureInfo.InvariantCulture);
                        item = new Node.Repeat(item, min, parts.Length == 1 ? min : parts[1].Length == 0 ? null : int.Parse(parts[1], CultureInfo.InvariantCulture));
                        _position = end;
                        break;
                    default:
                        return item;
                }

                _position++;
            }

            return item;
        }

        private Node.Sequence Literal()
        {
            var items = new List<Node>();
            for (_position++; source[_position] != '"';)
            {
                var code = Char();
                items.Add(new Node.Class(false, [(code, code)]));
            }

            _position++;
            return new Node.Sequence(items);
        }

        private Node.Class Set()
        {
            _position++;
            var isNegated = source[_position] == '^';
            _position += isNegated ? 1 : 0;
            var ranges = new List<(int, int)>();
            while (source[_position] != ']')
            {
                var from = Char();
                var to = from;
                if (source[_position] == '-' && source[_position + 1] != ']')
                {
                    _position++;
                    to = Char();
                }

                ranges.Add((from, to));
            }

            _position++;
            return new Node.Class(isNegated, ranges);
        }

        private int Char()
        {
            if (source[_position] != '\\')
            {
                var rune = Rune.GetRuneAt(source, _position);
                _position += rune.Utf16SequenceLength;
                return rune.Value;
            }

            var escape = source[_position + 1];
            _position += 2;
            var digits = escape switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            _position += digits;
            return escape switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '"' or '\\' or '[' or ']' => escape,
                'x' or 'u' or 'U' => int.Parse(source.AsSpan(_position - digits, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                _ => throw new InvalidOperationException($"The engine does not know the escape \\{escape}."),
            };
        }
    }
}
