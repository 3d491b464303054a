namespace GenAI.Gateway.Models;

internal enum ModelKind
{
    /// <summary>A language model that writes.</summary>
    Chat,

    /// <summary>Turns text into vectors.</summary>
    Embedding,

    /// <summary>No model: picks sentences out of documents.</summary>
    Extractive,
}
