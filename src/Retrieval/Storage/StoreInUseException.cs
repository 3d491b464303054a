namespace GenAI.Retrieval.Storage;

/// <summary>Another process has the data folder open.</summary>
public sealed class StoreInUseException(string folder, string owner, Exception? inner)
    : Exception($"The data folder {folder} is in use by {owner}. Stop that process, or give this one another data folder.", inner)
{
    public string Folder { get; } = folder;
}
