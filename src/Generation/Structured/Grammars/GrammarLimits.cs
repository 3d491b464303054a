namespace GenAI.Generation.Structured.Grammars;

/// <summary>
/// Refuses grammars of callers that would be endless work for the engine, whose thread cannot be stopped once it is at it: those
/// that unroll into too much, whose rules refer to one another too often before a character is read, and those that
/// can be read in very many ways at once, as far as <see cref="AmbiguityProbe"/> finds it.
/// </summary>
internal static class GrammarLimits
{
    /// <summary>The engine looks for left recursion by a walk that visits a rule once for each way to it.</summary>
    private const long MaxVisits = 1 << 16;

    private const int MaxDepth = 4000;

    /// <exception cref="GenerationException">It is refused (<see cref="GenerationFailure.InvalidRequest"/>).</exception>
    public static void Check(string grammar)
    {
        var rules = GbnfParser.Parse(grammar, out var choices);
        CheckLeftmost(rules);
        new AmbiguityProbe(rules, choices).Check();
    }

    private static void CheckLeftmost(IReadOnlyList<IReadOnlyList<GbnfElement[]>> rules)
    {
        var leftmost = Leftmost(rules);
        var visits = new long[rules.Count];
        var depths = new int[rules.Count];
        var isOpen = new bool[rules.Count];
        var total = 0L;
        for (var start = 0; start < rules.Count; start++)
        {
            // By hand rather than by recursion: what is measured here may be deeper than the stack.
            var path = new Stack<(int Rule, int Next)>();
            path.Push((start, 0));
            while (path.TryPop(out var at))
            {
                if (visits[at.Rule] > 0)
                {
                    continue;
                }

                isOpen[at.Rule] = true;
                if (at.Next < leftmost[at.Rule].Count)
                {
                    path.Push((at.Rule, at.Next + 1));
                    var next = leftmost[at.Rule][at.Next];
                    if (visits[next] == 0)
                    {
                        path.Push(isOpen[next] ? throw GbnfParser.Refused("refers to a rule from its own beginning (left recursion); let the reference stand at the end.") : (next, 0));
                    }

                    continue;
                }

                visits[at.Rule] = 1 + leftmost[at.Rule].Sum(next => visits[next]);
                depths[at.Rule] = 1 + leftmost[at.Rule].Select(next => depths[next]).DefaultIfEmpty(0).Max();
                isOpen[at.Rule] = false;
                if (visits[at.Rule] > MaxVisits || depths[at.Rule] > MaxDepth)
                {
                    throw TooTangled();
                }
            }

            total += visits[start];
        }

        if (total > MaxVisits * 64)
        {
            throw TooTangled();
        }
    }

    /// <summary>For each rule the rules that may come before its first character.</summary>
    private static List<int>[] Leftmost(IReadOnlyList<IReadOnlyList<GbnfElement[]>> rules)
    {
        var isEmpty = new bool[rules.Count];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var rule = rules.Count - 1; rule >= 0; rule--)
            {
                if (!isEmpty[rule] && rules[rule].Any(alternative => Array.TrueForAll(alternative, element => element.IsRule && isEmpty[element.Rule])))
                {
                    isEmpty[rule] = changed = true;
                }
            }
        }

        return [.. rules.Select(alternatives => alternatives.SelectMany(alternative => LeftmostOf(alternative, isEmpty)).ToList())];
    }

    private static IEnumerable<int> LeftmostOf(GbnfElement[] alternative, bool[] isEmpty)
    {
        foreach (var element in alternative)
        {
            if (!element.IsRule)
            {
                yield break;
            }

            yield return element.Rule;
            if (!isEmpty[element.Rule])
            {
                yield break;
            }
        }
    }

    private static GenerationException TooTangled() =>
        GbnfParser.Refused("has rules that refer to one another in too many ways before a character is read; let alternatives begin with different characters.");
}
