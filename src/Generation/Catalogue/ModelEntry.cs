namespace GenAI.Generation.Catalogue;

/// <summary>A model found on disk.</summary>
/// <param name="Id">Name used in requests: the file name without its part number and ending.</param>
/// <param name="Kind">What the model is for.</param>
/// <param name="Files">Full paths in part order; the engine opens the first.</param>
/// <param name="SizeInBytes">Size of all parts together.</param>
/// <param name="Metadata">Header of the first part.</param>
/// <param name="ParameterCount">Number of weights in all parts.</param>
/// <param name="Problem">Why the model cannot be used, or null.</param>
public sealed record ModelEntry(
    string Id,
    ModelKind Kind,
    IReadOnlyList<string> Files,
    long SizeInBytes,
    GgufMetadata? Metadata,
    long ParameterCount,
    string? Problem);
