namespace GenAI.Generation;

/// <summary>A token with its natural-log probability and the likeliest alternatives.</summary>
/// <param name="Bytes">The token's UTF-8 bytes, which may be half a character.</param>
public sealed record TokenLogProb(string Token, double LogProb, IReadOnlyList<byte> Bytes, IReadOnlyList<TokenLogProb> Top);
