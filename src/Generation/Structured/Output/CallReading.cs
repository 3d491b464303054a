using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured.Output;

/// <summary>What a call syntax makes of the text after its opening marker.</summary>
/// <param name="Length">Characters it takes.</param>
/// <param name="Calls">The calls in them; null when they turned out not to be calls and stay text.</param>
internal sealed record CallReading(int Length, IReadOnlyList<FunctionCallContent>? Calls);
