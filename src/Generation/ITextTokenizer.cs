namespace GenAI.Generation;

/// <summary>Counts and locates a model's tokens in text. Safe for concurrent use.</summary>
public interface ITextTokenizer
{
    /// <summary>Number of tokens of the text, special tokens not counted.</summary>
    int Count(ReadOnlySpan<char> text);
}
