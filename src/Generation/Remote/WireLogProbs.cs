namespace GenAI.Generation.Remote;

internal sealed record WireLogProbs(List<WireTokenLogProb>? Content);
