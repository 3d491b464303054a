namespace GenAI.Pipelines.Chunking;

/// <summary>Decides where passages end and where the next one starts, on units that were counted once.</summary>
internal sealed class ChunkPacker(List<ChunkUnit> units, ChunkContext context, ChunkingOptions options)
{
    private readonly int[] _tableTokens = TableTokens(units);

    /// <summary>Index after the last unit that any passage so far contains; passages must go beyond it.</summary>
    public int PreviousEnd { get; set; }

    /// <summary>The end of the passage that starts at <paramref name="first"/>; always beyond <paramref name="covered"/>.</summary>
    public int End(int first, int covered)
    {
        var budget = options.MaxTokens - context.Cost(units[first]);
        var tokens = 0;
        var end = first;
        while (end < units.Count && (end == first || end < covered || tokens + Cost(end) <= budget))
        {
            if (end > Math.Max(first, covered) && BreaksBefore(first, end, tokens, budget))
            {
                return WithoutTrailingHeadings(first, end, covered);
            }

            tokens += end == first ? units[end].Tokens : Cost(end);
            end++;
        }

        return end == units.Count ? end : WithoutTrailingHeadings(first, AtParagraph(first, end, covered, budget), covered);
    }

    /// <summary>
    /// Where the next passage starts: whole sentences of the overlap before <paramref name="end"/>, of the same section,
    /// never rows of a table, and never so many that the passage could not go on.
    /// </summary>
    public int NextStart(int first, int end)
    {
        if (units[end].Kind != UnitKind.Sentence || options.OverlapTokens == 0)
        {
            return end;
        }

        var start = end;
        var budget = options.MaxTokens - context.Cost(units[end]) - units[end].Tokens - 1;
        var tokens = 0;
        while (start - 1 > first
            && units[start - 1].Kind == UnitKind.Sentence
            && units[start - 1].Heading == units[end].Heading
            && tokens + Cost(start - 1) <= Math.Min(options.OverlapTokens, budget))
        {
            start--;
            tokens += Cost(start);
        }

        return start;
    }

    /// <summary>A unit and the line end or space before it, which some tokenizers count.</summary>
    private int Cost(int unit) => units[unit].Tokens + (units[unit].Start - units[unit - (unit > 0 ? 1 : 0)].End > 1 ? 1 : 0);

    private bool BreaksBefore(int first, int next, int tokens, int budget)
    {
        var unit = units[next];
        var afterHeading = units[next - 1].Kind == UnitKind.Heading;
        if (unit.Kind == UnitKind.Heading)
        {
            // A section of its own once there is enough to stand alone; a chapter needs less than a paragraph's title.
            var floor = unit.Heading >= 0 && units[first].Heading >= 0 && context.Level(unit.Heading) < context.Level(units[first].Heading) ? 8 : 4;
            return !afterHeading && tokens >= budget / floor;
        }

        if (unit.Kind == UnitKind.TableRow && unit.StartsParagraph && !afterHeading)
        {
            var whole = _tableTokens[next];
            return tokens + whole > budget && tokens >= (whole <= budget ? budget / 8 : budget / 2);
        }

        // A new page is a good place to end a passage that is long enough, for a citation names one page.
        return unit.Page != units[next - 1].Page && unit.StartsParagraph && tokens >= budget / 2;
    }

    /// <summary>Back to the last paragraph start if that leaves the passage at least two thirds full.</summary>
    private int AtParagraph(int first, int end, int covered, int budget)
    {
        if (units[end].StartsParagraph || units[end].Kind == UnitKind.TableRow)
        {
            return end;
        }

        var least = budget * 2 / 3;
        var tokens = 0;
        var best = end;
        for (var unit = first; unit < end; unit++)
        {
            if (unit > Math.Max(first, covered) && units[unit].StartsParagraph && tokens >= least)
            {
                best = unit;
            }

            tokens += Cost(unit);
        }

        return best;
    }

    private int WithoutTrailingHeadings(int first, int end, int covered)
    {
        var kept = end;
        while (kept - 1 > Math.Max(first, covered) && units[kept - 1].Kind == UnitKind.Heading)
        {
            kept--;
        }

        return units[kept - 1].Kind == UnitKind.Heading ? end : kept;
    }

    /// <summary>At each table's first row, the tokens of all its rows.</summary>
    private static int[] TableTokens(List<ChunkUnit> units)
    {
        var sums = new int[units.Count];
        for (var unit = units.Count - 1; unit >= 0; unit--)
        {
            if (units[unit].Kind == UnitKind.TableRow)
            {
                var continues = unit + 1 < units.Count && units[unit + 1].Table == units[unit].Table;
                sums[unit] = units[unit].Tokens + 1 + (continues ? sums[unit + 1] : 0);
            }
        }

        return sums;
    }
}
