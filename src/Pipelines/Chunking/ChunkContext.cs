using GenAI.Generation;
using GenAI.Pipelines.Parsing;

namespace GenAI.Pipelines.Chunking;

/// <summary>What stands above a passage: its headings, its page, and the header of the table it starts inside.</summary>
internal sealed class ChunkContext(ParsedDocument document, UnitReader reader, ITextTokenizer tokenizer, int maxTokens)
{
    private const string Separator = " > ";

    private readonly Dictionary<int, int[]> _paths = [];
    private readonly Dictionary<(int Heading, int Table), int> _costs = [];
    private readonly Dictionary<int, string> _headers = [];
    private readonly int[] _parents = Parents(reader.Headings);

    /// <summary>The page that most of the passage stands on; a last line of the page before does not make it that page's.</summary>
    public int? PageOf(List<ChunkUnit> units, int first, int end)
    {
        var best = (Page: -1, Characters: 0);
        var current = best;
        for (var index = first; index < end; index++)
        {
            var unit = units[index];
            current = (unit.Page, (unit.Page == current.Page ? current.Characters : 0) + unit.End - unit.Start);
            best = current.Characters > best.Characters ? current : best;
        }

        return best.Page < 0 ? null : reader.Pages[best.Page].Number;
    }

    public int Level(int heading) => reader.Headings[heading].Level;

    /// <summary>Upper estimate of the context's tokens for a passage that starts with the unit.</summary>
    public int Cost(ChunkUnit unit)
    {
        var key = (unit.Heading, unit.Kind == UnitKind.TableRow ? unit.Table : -1);
        if (!_costs.TryGetValue(key, out var cost))
        {
            var prefix = Prefix(Path(unit.Heading), key.Item2);
            cost = prefix.Length == 0 ? 0 : tokenizer.Count(prefix) + 1;
            _costs[key] = cost;
        }

        return cost;
    }

    /// <summary>The heading path of the passage, and the part of it (and of its table) that the passage does not itself contain.</summary>
    public (IReadOnlyList<string> Headings, string Prefix) Of(List<ChunkUnit> units, int first, int end)
    {
        var body = first;
        while (body < end - 1 && units[body].Kind == UnitKind.Heading)
        {
            body++;
        }

        var path = Path(units[body].Heading);
        var start = units[first].Start;
        var above = path.Where(heading => reader.Headings[heading].Start < start).ToArray();
        var table = units[first].Kind == UnitKind.TableRow && start > reader.Tables[units[first].Table].Start ? units[first].Table : -1;
        return ([.. path.Select(heading => reader.Headings[heading].Text)], Prefix(above, table));
    }

    private string Prefix(int[] path, int table)
    {
        var header = table < 0 ? string.Empty : Header(table);
        var titles = string.Join(Separator, path.Select(heading => reader.Headings[heading].Text));
        var skipped = 0;

        // The innermost heading says most, so the outer ones go first.
        while (skipped < path.Length && tokenizer.Count(Joined(titles, header)) > maxTokens)
        {
            skipped++;
            titles = string.Join(Separator, path.Skip(skipped).Select(heading => reader.Headings[heading].Text));
        }

        return Joined(titles, header);
    }

    private static string Joined(string titles, string header) =>
        titles.Length == 0 ? header : header.Length == 0 ? titles : titles + "\n" + header;

    /// <summary>The header row, or nothing where it alone is over the limit.</summary>
    private string Header(int table)
    {
        if (!_headers.TryGetValue(table, out var header))
        {
            var place = reader.Tables[table];
            var end = Math.Clamp(place.HeaderEnd, place.Start, document.Text.Length);
            header = end - place.Start > maxTokens * 16 ? string.Empty : document.Text[place.Start..end].Trim();
            header = tokenizer.Count(header) <= maxTokens ? header : string.Empty;
            _headers[table] = header;
        }

        return header;
    }

    private int[] Path(int heading)
    {
        if (heading < 0)
        {
            return [];
        }

        if (!_paths.TryGetValue(heading, out var path))
        {
            var found = new Stack<int>();
            for (var above = heading; above >= 0; above = _parents[above])
            {
                found.Push(above);
            }

            path = [.. found];
            _paths[heading] = path;
        }

        return path;
    }

    /// <summary>For each heading the nearest one before it of an outer level, or -1.</summary>
    private static int[] Parents(IReadOnlyList<ParsedHeading> headings)
    {
        var parents = new int[headings.Count];
        var open = new Stack<int>();
        for (var heading = 0; heading < parents.Length; heading++)
        {
            while (open.TryPeek(out var above) && headings[above].Level >= headings[heading].Level)
            {
                open.Pop();
            }

            parents[heading] = open.TryPeek(out var parent) ? parent : -1;
            open.Push(heading);
        }

        return parents;
    }
}
