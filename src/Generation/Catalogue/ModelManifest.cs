using System.Text.Json;

namespace GenAI.Generation.Catalogue;

/// <summary>The file <c>catalogue.json</c> of a model folder: file name to hash, size, source and licence.</summary>
public static class ModelManifest
{
    public const string FileName = "catalogue.json";

    /// <summary>Reads the manifest of a folder; a folder without one has no entries.</summary>
    /// <exception cref="GenerationException">The file is not valid JSON.</exception>
    public static SortedDictionary<string, ManifestEntry> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new(StringComparer.Ordinal);
        }

        try
        {
            var entries = JsonSerializer.Deserialize(File.ReadAllBytes(path), ManifestJsonContext.Default.SortedDictionaryStringManifestEntry);
            return new(entries ?? [], StringComparer.Ordinal);
        }
        catch (JsonException exception)
        {
            throw new GenerationException(
                GenerationFailure.ModelUnavailable,
                $"{path} is not valid JSON ({exception.Message}). Mend or remove it; hashes are recorded anew when a model is pulled.",
                exception);
        }
    }

    internal static void Record(string folder, string fileName, ManifestEntry entry)
    {
        var entries = Read(folder);
        entries[fileName] = entry;
        Write(folder, entries);
    }

    internal static void Forget(string folder, IEnumerable<string> fileNames)
    {
        var entries = Read(folder);
        var removed = false;
        foreach (var fileName in fileNames)
        {
            removed |= entries.Remove(fileName);
        }

        if (removed)
        {
            Write(folder, entries);
        }
    }

    // Written beside and moved over, so that a crash leaves the old manifest or the new one.
    private static void Write(string folder, SortedDictionary<string, ManifestEntry> entries)
    {
        var path = Path.Combine(folder, FileName);
        var temporary = path + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(entries, ManifestJsonContext.Default.SortedDictionaryStringManifestEntry));
        File.Move(temporary, path, overwrite: true);
    }
}
