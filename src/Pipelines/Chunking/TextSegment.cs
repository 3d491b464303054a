namespace GenAI.Pipelines.Chunking;

/// <summary>A half-open range of a text, in UTF-16 units.</summary>
public readonly record struct TextSegment(int Start, int End)
{
    public int Length => End - Start;
}
