namespace GenAI.Generation.Remote;

internal sealed record WireChoice(int Index, WireMessage? Message, WireMessage? Delta, WireLogProbs? Logprobs, string? FinishReason);
