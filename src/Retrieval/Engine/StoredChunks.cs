using System.Collections;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Segments;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Engine;

/// <summary>The chunks of a stored document, each made when it is asked for: a hit needs one, not all. Thread-safe.</summary>
internal sealed class StoredChunks(Segment segment, int firstChunk, DocumentContent content) : IReadOnlyList<Chunk>
{
    private readonly Chunk?[] _chunks = new Chunk?[content.Places.Length];

    public int Count => _chunks.Length;

    // Two threads may make the same chunk; they are equal and one of them stays.
    public Chunk this[int index] => _chunks[index] ??= Make(index);

    public IEnumerator<Chunk> GetEnumerator()
    {
        for (var i = 0; i < _chunks.Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Chunk Make(int index)
    {
        var place = content.Places[index];
        float[] vector = segment.HasVector(firstChunk + index) ? segment.Vector(firstChunk + index).ToArray() : [];
        GC.KeepAlive(segment);
        return new Chunk(index, content.Text[place.Start..place.End], place.Start, place.End, place.Headings, place.Page, vector) { Context = place.Context };
    }
}
