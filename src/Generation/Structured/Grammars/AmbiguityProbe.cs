namespace GenAI.Generation.Structured.Grammars;

/// <summary>
/// Follows a grammar as the engine does, keeping every way in which a text can be read so far, along the text that
/// makes the most of them. A grammar for which their number goes beyond what a mask over the vocabulary can bear is
/// refused. This finds what grows with any text one would write; it is no proof for a grammar made to hide it.
/// </summary>
internal sealed class AmbiguityProbe(IReadOnlyList<IReadOnlyList<GbnfElement[]>> rules, int choices)
{
    private const int WaysBeyondChoices = 256;
    private const int MostWays = 4096;
    private const int MaxCharacters = 128;
    private const int MaxCandidates = 24;

    /// <summary>Steps of one probe; what needs more is not ambiguous but large.</summary>
    private const int MaxWork = 300_000;

    // A way is a place in a rule and the way that goes on when the rule ends; equal ones have one number.
    private readonly Dictionary<(int Rule, int Alternative, int Element, int Parent), int> _numbers = [];
    private readonly List<(int Rule, int Alternative, int Element, int Parent)> _ways = [];

    // A list of words that begin alike is many ways by itself, and no more of them with every character.
    private readonly int _maxWays = Math.Min(MostWays, WaysBeyondChoices + (4 * choices));
    private int _work;

    /// <exception cref="GenerationException">There are too many ways (<see cref="GenerationFailure.InvalidRequest"/>).</exception>
    public void Check()
    {
        var ways = new HashSet<int>();
        var seen = new HashSet<int>();
        for (var alternative = 0; alternative < rules[0].Count; alternative++)
        {
            Resolve(0, alternative, 0, parent: -1, ways, seen);
        }

        for (var length = 0; length < MaxCharacters && ways.Count > 0 && _work < MaxWork; length++)
        {
            ways = Candidates(ways).Select(character => Advance(ways, character)).MaxBy(next => next.Count) ?? [];
        }
    }

    private List<int> Candidates(HashSet<int> ways) =>
        [.. ways.Select(ElementOf).Distinct().SelectMany(Edges).Where(code => code is >= 0x20 and <= 0x10FFFF).Distinct().Take(MaxCandidates)];

    /// <summary>Characters on both sides of every border of a set: all others behave like one of them.</summary>
    private static IEnumerable<int> Edges(GbnfElement element) =>
        element.Ranges.SelectMany(range => element.IsNegated ? new[] { range.To + 1, range.From - 1 } : [range.From, range.To]).Append(element.IsNegated ? 'a' : -1);

    private HashSet<int> Advance(HashSet<int> ways, int character)
    {
        var next = new HashSet<int>();
        var seen = new HashSet<int>();

        // Many ways may stand at one set, which may be large: it is looked through once.
        var matches = new Dictionary<GbnfElement, bool>();
        foreach (var way in ways)
        {
            var at = ElementOf(way);
            if (!matches.TryGetValue(at, out var isMatch))
            {
                matches[at] = isMatch = at.Matches(character);
            }

            if (isMatch)
            {
                var (rule, alternative, element, parent) = _ways[way];
                Resolve(rule, alternative, element + 1, parent, next, seen);
            }
        }

        return next;
    }

    /// <summary>Goes from a place to the characters that may come next.</summary>
    private void Resolve(int rule, int alternative, int element, int parent, HashSet<int> ways, HashSet<int> seen)
    {
        var todo = new Stack<(int Rule, int Alternative, int Element, int Parent)>();
        todo.Push((rule, alternative, element, parent));
        while (todo.TryPop(out var at) && _work < MaxWork)
        {
            _work++;
            var sequence = rules[at.Rule][at.Alternative];
            if (at.Element == sequence.Length)
            {
                if (at.Parent >= 0)
                {
                    var outer = _ways[at.Parent];
                    todo.Push(outer with { Element = outer.Element + 1 });
                }

                continue;
            }

            var way = Number(at);
            if (!seen.Add(way))
            {
                continue;
            }

            if (seen.Count > _maxWays * 16 || (!sequence[at.Element].IsRule && ways.Add(way) && ways.Count > _maxWays))
            {
                throw GbnfParser.Refused($"can be read in more than {_maxWays} ways at once; let alternatives differ from their first character on.");
            }

            if (sequence[at.Element].IsRule)
            {
                // Where nothing follows, the rule goes on as the one around it does; else stacks would grow with every item of a list.
                var inner = sequence[at.Element].Rule;
                var back = at.Element + 1 == sequence.Length ? at.Parent : way;
                for (var choice = 0; choice < rules[inner].Count; choice++)
                {
                    todo.Push((inner, choice, 0, back));
                }
            }
        }
    }

    private GbnfElement ElementOf(int way) => rules[_ways[way].Rule][_ways[way].Alternative][_ways[way].Element];

    private int Number((int Rule, int Alternative, int Element, int Parent) at)
    {
        if (!_numbers.TryGetValue(at, out var number))
        {
            _numbers[at] = number = _ways.Count;
            _ways.Add(at);
        }

        return number;
    }
}
