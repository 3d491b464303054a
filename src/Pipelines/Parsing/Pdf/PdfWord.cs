namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>A word and its box on the page, in points from the upper left corner.</summary>
internal readonly record struct PdfWord(float Left, float Top, float Right, float Bottom, string Text)
{
    public float Height => Bottom - Top;

    public float Middle => (Top + Bottom) / 2;
}
