namespace GenAI.Gateway.Models;

/// <summary>Makes a chat client or an embedder from a model file. Tests stand in for the engine here.</summary>
internal interface ILocalModelFactory
{
    /// <summary>Loads the file and completes the entry.</summary>
    /// <exception cref="Generation.GenerationException">The file cannot be used; the message says why.</exception>
    Task LoadAsync(Generation.Catalogue.ModelEntry file, ModelEntry entry, CancellationToken cancellationToken);
}
