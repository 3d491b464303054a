namespace GenAI.Gateway.Documents;

/// <summary>Section <c>Documents</c>.</summary>
internal sealed class DocumentsOptions
{
    public const string Section = "Documents";

    /// <summary>Whether the documents shipped with the program are read on start.</summary>
    public bool Samples { get; set; } = true;
}
