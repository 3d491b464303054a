using GenAI.Generation;
using GenAI.Pipelines.Parsing;

namespace GenAI.Pipelines.Chunking;

/// <summary>Cuts a document into units in order, each counted once: headings, table rows, sentences, and pieces of what is too long.</summary>
internal sealed class UnitReader(ParsedDocument document, ITextTokenizer tokenizer, int maxUnitTokens)
{
    private readonly List<ChunkUnit> _units = [];
    private readonly List<ParsedHeading> _headings = [.. document.Headings.OrderBy(heading => heading.Start)];
    private readonly List<ParsedPage> _pages = [.. document.Pages.OrderBy(page => page.Start)];
    private int _heading = -1;
    private int _page = -1;

    public IReadOnlyList<ParsedHeading> Headings => _headings;

    public IReadOnlyList<ParsedPage> Pages => _pages;

    public IReadOnlyList<ParsedTable> Tables { get; } = [.. document.Tables.OrderBy(table => table.Start)];

    public List<ChunkUnit> Read()
    {
        var text = document.Text;
        var at = 0;
        var heading = 0;
        var table = 0;
        while (at < text.Length)
        {
            // Structure that overlaps what was taken already is skipped: parsers may nest, units may not.
            while (heading < _headings.Count && _headings[heading].Start < at)
            {
                heading++;
            }

            while (table < Tables.Count && Tables[table].Start < at)
            {
                table++;
            }

            var nextHeading = heading < _headings.Count ? _headings[heading].Start : text.Length;
            var nextTable = table < Tables.Count ? Tables[table].Start : text.Length;
            var stop = Math.Min(nextHeading, nextTable);
            AddProse(at, stop);
            at = stop;
            if (at < text.Length && nextHeading <= nextTable)
            {
                _heading = heading;
                at = Math.Max(at + 1, Math.Min(_headings[heading].End, text.Length));
                Add(stop, at, UnitKind.Heading, -1, startsParagraph: true);
            }
            else if (at < text.Length)
            {
                at = Math.Max(at + 1, Math.Min(Tables[table].End, text.Length));
                AddRows(stop, at, table);
            }
        }

        return _units;
    }

    private void AddProse(int start, int end)
    {
        var text = document.Text;
        var previousEnd = -1;
        foreach (var sentence in SentenceSplitter.Split(text, start, end))
        {
            var gap = previousEnd < 0 ? default : text.AsSpan(previousEnd, sentence.Start - previousEnd);
            Add(sentence.Start, sentence.End, UnitKind.Sentence, -1, previousEnd < 0 || gap.Count('\n') > 1);
            previousEnd = sentence.End;
        }
    }

    private void AddRows(int start, int end, int table)
    {
        var first = true;
        while (start < end)
        {
            var newline = document.Text.AsSpan(start, end - start).IndexOf('\n');
            var rowEnd = newline < 0 ? end : start + newline;
            if (!document.Text.AsSpan(start, rowEnd - start).IsWhiteSpace())
            {
                Add(start, rowEnd, UnitKind.TableRow, table, first);
                first = false;
            }

            start = rowEnd + 1;
        }
    }

    private void Add(int start, int end, UnitKind kind, int table, bool startsParagraph)
    {
        var text = document.Text;
        var length = text.AsSpan(start, end - start).TrimEnd().Length;
        var lead = length - text.AsSpan(start, length).TrimStart().Length;
        if (length == 0)
        {
            return;
        }

        foreach (var piece in Pieces(start + lead, start + length))
        {
            while (_page + 1 < _pages.Count && _pages[_page + 1].Start <= piece.Segment.Start)
            {
                _page++;
            }

            _units.Add(new ChunkUnit(piece.Segment.Start, piece.Segment.End, piece.Tokens, kind, _heading, table, _page, startsParagraph));
            startsParagraph = false;
        }
    }

    /// <summary>
    /// Pieces of at most the unit limit. A long text is first cut by length to about half the limit, so that no
    /// character is counted more than a few times however long the line is.
    /// </summary>
    private IEnumerable<(TextSegment Segment, int Tokens)> Pieces(int start, int end)
    {
        var pending = new Stack<TextSegment>();
        pending.Push(new TextSegment(start, end));
        while (pending.TryPop(out var segment))
        {
            var tokens = segment.Length > maxUnitTokens * 8 ? int.MaxValue : tokenizer.Count(document.Text.AsSpan(segment.Start, segment.Length));
            if (tokens <= maxUnitTokens || segment.Length <= 1)
            {
                yield return (segment, tokens);
                continue;
            }

            var cut = CutNear(segment, segment.Start + Math.Max(1, Math.Min(segment.Length / 2, maxUnitTokens * 2)));
            Push(pending, cut, segment.End);
            Push(pending, segment.Start, cut);
        }
    }

    private void Push(Stack<TextSegment> pending, int start, int end)
    {
        var span = document.Text.AsSpan(start, end - start);
        var lead = span.Length - span.TrimStart().Length;
        var length = span.Trim().Length;
        if (length > 0)
        {
            pending.Push(new TextSegment(start + lead, start + lead + length));
        }
    }

    /// <summary>White space close before the wanted place, or the place itself, but never between two surrogates.</summary>
    private int CutNear(TextSegment segment, int wanted)
    {
        var text = document.Text;
        var earliest = segment.Start + ((wanted - segment.Start) / 2);
        for (var index = wanted; index > earliest; index--)
        {
            if (char.IsWhiteSpace(text[index]))
            {
                return index;
            }
        }

        var inPair = char.IsLowSurrogate(text[wanted]) && char.IsHighSurrogate(text[wanted - 1]);
        return inPair && wanted + 1 < segment.End ? wanted + 1 : inPair ? Math.Max(segment.Start + 1, wanted - 1) : wanted;
    }
}
