using System.Globalization;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Engine;

/// <summary>Keeps a second process out of a data folder. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class StoreLock : IDisposable
{
    private const string LockName = "store.lock";
    private const string OwnerName = "store.owner";

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    public static StoreLock Take(string folder)
    {
        var owner = Path.Combine(folder, OwnerName);
        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new StoreInUseException(folder, OwnerOf(owner), error);
        }

        NoteOwner(owner);
        return new StoreLock(file);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Only for the message to a second process, so a full disk must not keep this one from starting.</summary>
    private static void NoteOwner(string path)
    {
        try
        {
            File.WriteAllText(path, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The lock is what counts.
        }
    }

    private static string OwnerOf(string path)
    {
        try
        {
            return $"the process {File.ReadAllText(path)}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
