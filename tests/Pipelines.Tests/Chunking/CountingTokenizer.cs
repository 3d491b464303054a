using GenAI.Generation;
using GenAI.Pipelines.Chunking;

namespace GenAI.Pipelines.Tests.Chunking;

/// <summary>Remembers how much text it was asked to count.</summary>
internal sealed class CountingTokenizer : ITextTokenizer
{
    private readonly WordTokenizer _inner = new();

    public long Characters { get; private set; }

    public int Count(ReadOnlySpan<char> text)
    {
        Characters += text.Length;
        return _inner.Count(text);
    }
}
