using System.Numerics.Tensors;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Filters;

namespace GenAI.Retrieval.Engine;

/// <summary>Refuses documents that could not be found or cited as they are.</summary>
internal static class DocumentValidation
{
    private const int MaxIdLength = 512;

    /// <summary>How far a vector's length may be from one: rounding of the embedder, no more.</summary>
    private const float LengthTolerance = 0.01f;

    public static void Check(IReadOnlyList<CollectionDocument> documents, int dimensions)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            Require(document is not null, "A document is null.");
            CheckId(document!.Id);
            Require(ids.Add(document.Id), $"The document {document.Id} is twice in one commit.");
            foreach (var (key, value) in document.Attributes)
            {
                Require(value.Kind != AttributeKind.Number || double.IsFinite(value.Number), $"Document {document.Id}: the attribute {key} is not a finite number.");
            }

            var vectorLength = document.HasVectors ? dimensions : 0;
            for (var i = 0; i < document.Chunks.Count; i++)
            {
                CheckChunk(document, document.Chunks[i], i, vectorLength);
            }
        }
    }

    private static void CheckId(string id)
    {
        Require(id is { Length: > 0 and <= MaxIdLength }, $"A document's id must have 1 to {MaxIdLength} characters.");
        Require(!id.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar), "A document's id must be valid Unicode.");
    }

    private static void CheckChunk(CollectionDocument document, Chunk chunk, int index, int dimensions)
    {
        var place = $"Document {document.Id}, chunk {index}";
        Require(chunk.Ordinal == index, $"{place}: its ordinal is {chunk.Ordinal}, but chunks are numbered from 0 in document order.");
        var inside = chunk.Start >= 0 && chunk.Start <= chunk.End && chunk.End <= document.Text.Length;
        Require(
            inside && document.Text.AsSpan(chunk.Start, chunk.End - chunk.Start).SequenceEqual(chunk.Text),
            $"{place}: its text is not the document's text from {chunk.Start} to {chunk.End}.");
        Require(chunk.Page is null or >= 1, $"{place}: pages are counted from 1.");
        CheckVector(chunk.Vector.Span, dimensions, place);
    }

    private static void CheckVector(ReadOnlySpan<float> vector, int dimensions, string place)
    {
        Require(vector.Length == dimensions, $"{place}: its vector has {vector.Length} numbers where {dimensions} are asked for; all passages of a document have the collection's length, or none has a vector.");
        if (dimensions > 0)
        {
            // An all-zero vector is let through: it stands for a text that the embedder had nothing to say about.
            var length = TensorPrimitives.Norm(vector);
            Require(length == 0 || MathF.Abs(length - 1) <= LengthTolerance, $"{place}: its vector has length {length}, but vectors must have length 1.");
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
