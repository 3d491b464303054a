using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Collections;

namespace GenAI.Retrieval.Packing;

/// <summary>Chooses what an answerer gets to read: the best hits that fit a token budget, neighbours joined, repeats left out.</summary>
/// <remarks>Thread-safe when the counter is.</remarks>
/// <param name="cost">Tokens that the reading model makes of a passage.</param>
public sealed class ContextPacker(Func<Evidence, int> cost)
{
    /// <summary>Packs hits, given best first, into passages, best first.</summary>
    /// <param name="tokenBudget">Tokens that the passages may take together; when not even the best hit fits, its beginning is given.</param>
    public IReadOnlyList<Evidence> Pack(IReadOnlyList<SearchHit> hits, int tokenBudget)
    {
        ArgumentNullException.ThrowIfNull(hits);
        ArgumentOutOfRangeException.ThrowIfNegative(tokenBudget);
        var passages = new List<PackedPassage>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (var rank = 0; rank < hits.Count; rank++)
        {
            var hit = hits[rank];
            if (hit.Chunk.Text.AsSpan().Trim().IsEmpty || passages.Exists(passage => passage.Holds(hit)) || !texts.Add(hit.Chunk.Text.Trim()))
            {
                continue;
            }

            Add(passages, PackedPassage.Of(hit, rank), tokenBudget);
        }

        if (passages.Count == 0 && hits.FirstOrDefault(hit => !string.IsNullOrWhiteSpace(hit.Chunk.Text)) is { } best)
        {
            return Beginning(best, tokenBudget);
        }

        return [.. passages.OrderBy(passage => passage.Rank).Select(passage => passage.ToEvidence())];
    }

    /// <summary>Adds a passage, joined with those it touches, if the whole still fits. A later, shorter one may fit where this one did not.</summary>
    private void Add(List<PackedPassage> passages, PackedPassage added, int tokenBudget)
    {
        var touched = new List<PackedPassage>();
        while (passages.Find(passage => !touched.Contains(passage) && passage.CanJoin(added)) is { } neighbour)
        {
            touched.Add(neighbour);
            added = added.Join(neighbour);
        }

        added = added with { Tokens = cost(added.ToEvidence()) };
        if (passages.Except(touched).Sum(passage => passage.Tokens) + added.Tokens <= tokenBudget)
        {
            passages.RemoveAll(touched.Contains);
            passages.Add(added);
        }
    }

    /// <summary>The longest beginning of a passage that fits, cut between words, or inside of one where there are no blanks.</summary>
    private Evidence[] Beginning(SearchHit hit, int tokenBudget)
    {
        var whole = PackedPassage.Of(hit, 0).ToEvidence();
        var text = whole.Text;
        var ends = Enumerable.Range(1, text.Length).Where(end => end == text.Length || !char.IsLowSurrogate(text[end])).ToArray();
        return Cut(whole, [.. ends.Where(end => end == text.Length || (char.IsWhiteSpace(text[end]) && !char.IsWhiteSpace(text[end - 1])))], tokenBudget)
            ?? Cut(whole, ends, tokenBudget)
            ?? [];
    }

    private Evidence[]? Cut(Evidence whole, int[] ends, int tokenBudget)
    {
        var (fits, tooLong) = (-1, ends.Length);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            (fits, tooLong) = cost(whole with { Text = whole.Text[..ends[middle]] }) <= tokenBudget ? (middle, tooLong) : (fits, middle);
        }

        return fits < 0 ? null : [whole with { Text = whole.Text[..ends[fits]] }];
    }
}
