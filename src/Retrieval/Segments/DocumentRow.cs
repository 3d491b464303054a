using System.Runtime.InteropServices;

namespace GenAI.Retrieval.Segments;

/// <summary>A document in a segment's table; the layout is on disk.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal readonly record struct DocumentRow(
    long ContentOffset,
    long AttributesOffset,
    long Sequence,
    int ContentLength,
    int AttributesLength,
    int FirstChunk,
    int ChunkCount);
