using System.Text.RegularExpressions;

namespace GenAI.Generation.Catalogue;

/// <summary>The models in a set of folders. Reads headers only, never the network. Safe for concurrent use.</summary>
public sealed partial class ModelCatalogue
{
    private readonly IReadOnlyList<string> _folders;

    /// <param name="folders">Folders searched with their subfolders; missing ones are passed over. The first takes what is pulled.</param>
    public ModelCatalogue(params IReadOnlyList<string> folders)
    {
        ArgumentOutOfRangeException.ThrowIfZero(folders.Count);
        _folders = folders;
    }

    /// <summary>Folder that pulled models go to.</summary>
    public string PullFolder => _folders[0];

    /// <summary>Lists the models by id. A damaged or incomplete one is listed with its problem, so that it can be seen and mended.</summary>
    public IReadOnlyList<ModelEntry> List() =>
        [.. _folders
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.gguf", SearchOption.AllDirectories))
            .GroupBy(ModelKey, StringComparer.Ordinal)
            .Select(group => Describe([.. group.Order(StringComparer.Ordinal)]))
            .DistinctBy(entry => entry.Id, StringComparer.OrdinalIgnoreCase)
            .OrderBy(entry => entry.Id, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Finds a model by id, without regard to case.</summary>
    /// <exception cref="GenerationException">There is no such model; the message names those there are.</exception>
    public ModelEntry Get(string id)
    {
        var models = List();
        return models.FirstOrDefault(model => string.Equals(model.Id, id, StringComparison.OrdinalIgnoreCase))
            ?? throw new GenerationException(
                GenerationFailure.ModelUnavailable,
                models.Count == 0
                    ? $"There is no model '{id}', nor any other. Pull one with: genai models pull OWNER/REPOSITORY"
                    : $"There is no model '{id}'. There are: {string.Join(", ", models.Select(model => model.Id))}.");
    }

    /// <summary>Deletes a model's files and forgets their hashes.</summary>
    public static void Remove(ModelEntry model)
    {
        foreach (var folder in model.Files.GroupBy(file => Path.GetDirectoryName(file)!, StringComparer.Ordinal))
        {
            foreach (var file in folder)
            {
                File.Delete(file);
            }

            ModelManifest.Forget(folder.Key, folder.Select(file => Path.GetFileName(file)!));
        }
    }

    internal static string ModelId(string path)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        var part = PartNumber().Match(stem);
        return part.Success ? stem[..part.Index] : stem;
    }

    private static string ModelKey(string path) => Path.Combine(Path.GetDirectoryName(path)!, ModelId(path));

    private static ModelEntry Describe(List<string> files)
    {
        var id = ModelId(files[0]);
        var size = files.Sum(file => new FileInfo(file).Length);
        try
        {
            var headers = files.ConvertAll(GgufFile.Read);
            var first = headers[0];
            var problem = first.SplitCount == files.Count && first.SplitIndex == 0
                ? null
                : $"{files.Count} of {first.SplitCount} parts are there";
            return new ModelEntry(id, KindOf(first), files, size, first, headers.Sum(header => header.ParameterCount), problem);
        }
        catch (GenerationException exception)
        {
            return new ModelEntry(id, ModelKind.Chat, files, size, null, 0, exception.Message);
        }
    }

    // A pooling type is set for encoders only; a decoder trained for embeddings carries one too.
    private static ModelKind KindOf(GgufMetadata metadata) =>
        metadata.Pooling is not null and not "none" || metadata.Architecture.Contains("bert", StringComparison.Ordinal)
            ? ModelKind.Embedding
            : ModelKind.Chat;

    [GeneratedRegex(@"-\d{5}-of-\d{5}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartNumber();
}
