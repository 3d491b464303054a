namespace GenAI.Retrieval.Segments;

/// <summary>The sections of a segment file. The numbers are on disk.</summary>
internal enum SegmentPart
{
    /// <summary>Compressed text and chunk boundaries, one block a document.</summary>
    Contents = 0,

    /// <summary>One <see cref="DocumentRow"/> a document.</summary>
    DocumentTable = 1,

    /// <summary>Ordinals sorted by id, offsets of the ids, the ids.</summary>
    Ids = 2,

    /// <summary>Attributes and labels, one record a document.</summary>
    Attributes = 3,

    /// <summary>Number of terms of each chunk.</summary>
    Lengths = 4,

    /// <summary>One <see cref="TermRow"/> a term, sorted by the term's bytes.</summary>
    TermTable = 5,

    /// <summary>The bytes of the terms.</summary>
    Terms = 6,

    /// <summary>For each term the chunks that hold it, and how often.</summary>
    Postings = 7,

    /// <summary>One vector a chunk; NaN in every place stands for none, which no embedder gives.</summary>
    Vectors = 8,
}
