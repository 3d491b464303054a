namespace GenAI.Generation.Remote;

internal sealed record WireErrorBody(WireError? Error);
