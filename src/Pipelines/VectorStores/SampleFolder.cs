namespace GenAI.Pipelines.VectorStores;

/// <summary>A folder of documents shipped beside the program.</summary>
/// <param name="Name">Name of the vector store made of it.</param>
public sealed record SampleFolder(string Name, string Path);
