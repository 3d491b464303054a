namespace GenAI.Retrieval.Storage;

/// <summary>A flat folder of files, real or in memory: the only way in which the engine touches storage.</summary>
/// <remarks>
/// Contents survive a power cut from <see cref="WritableFile.Sync"/> on, names (made, renamed, deleted) from
/// <see cref="Sync"/> on. Members may be called by several threads; one file has one writer.
/// </remarks>
internal interface IDirectory
{
    IReadOnlyList<string> Files();

    long Length(string name);

    /// <summary>Opens a finished file. It stays readable after it was deleted.</summary>
    StoredBytes Open(string name);

    /// <summary>Makes a file, empty even if the name was taken.</summary>
    WritableFile Create(string name);

    /// <summary>Opens a file to append to it.</summary>
    WritableFile Append(string name);

    /// <summary>Renames atomically over whatever has the target's name.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file; a missing one is fine.</summary>
    void Delete(string name);

    void Sync();

    /// <summary>The name as a person would look for it, for messages.</summary>
    string PathOf(string name);
}
