using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Collections;

namespace GenAI.Retrieval.Packing;

/// <summary>A stretch of one document made of one or more of its chunks. Immutable.</summary>
/// <param name="Rank">Place of the best hit in it.</param>
internal sealed record PackedPassage(CollectionDocument Document, Chunk First, Chunk Last, int Rank, double Score, int Tokens)
{
    /// <summary>More than this between two chunks is no seam but left-out text.</summary>
    private const int MaxGap = 200;

    public int Start => First.Start;

    public int End => Math.Max(First.End, Last.End);

    public string Text => Document.Text[Start..End];

    public static PackedPassage Of(SearchHit hit, int rank) => new(hit.Document, hit.Chunk, hit.Chunk, rank, hit.Score, 0);

    public bool Holds(SearchHit hit) =>
        Document.Id == hit.Document.Id && hit.Chunk.Start >= Start && hit.Chunk.End <= End;

    /// <summary>
    /// Whether the two touch and can be cited as one: an evidence names one page and one section, so chunks of two are
    /// kept apart.
    /// </summary>
    public bool CanJoin(PackedPassage other)
    {
        if (Document.Id != other.Document.Id || First.Page != other.First.Page || !First.Headings.SequenceEqual(other.First.Headings, StringComparer.Ordinal))
        {
            return false;
        }

        var (before, after) = Start <= other.Start ? (this, other) : (other, this);
        var neighbours = after.First.Ordinal <= before.Last.Ordinal + 1;
        return neighbours && after.Start - before.End <= MaxGap;
    }

    public PackedPassage Join(PackedPassage other) => this with
    {
        First = Start <= other.Start ? First : other.First,
        Last = End >= other.End ? Last : other.Last,
        Rank = Math.Min(Rank, other.Rank),
        Score = Math.Max(Score, other.Score),
    };

    public Evidence ToEvidence() => new(Document.Id, Document.FileName, Text, Start, First.Headings, First.Page, Score) { DocumentText = Document.Text };
}
