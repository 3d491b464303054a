namespace GenAI.Eval.Client;

/// <summary>An answer over documents.</summary>
/// <param name="Policy">The server's word for how it was made, or null.</param>
internal sealed record ChatAnswer(string Text, IReadOnlyList<Citation> Citations, string? Policy, double Milliseconds);
