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
        try
        {
            var file = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new StoreLock(file);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new StoreInUseException(folder, OwnerOf(owner), error);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string OwnerOf(string path)
    {
        try
        {
            return $"the process {File.ReadAllText(path)}";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
