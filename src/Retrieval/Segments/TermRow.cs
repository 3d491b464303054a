using System.Runtime.InteropServices;

namespace GenAI.Retrieval.Segments;

/// <summary>A term in a segment's dictionary; the layout is on disk.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal readonly record struct TermRow(
    long PostingsOffset,
    int PostingsLength,
    int ChunkFrequency,
    int TermOffset,
    int TermLength);
