using System.Text.Json;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Metadata as its column keeps it, and the limits it has at OpenAI.</summary>
internal static class MetadataJson
{
    private const int MaxPairs = 16;
    private const int MaxKeyCharacters = 64;
    private const int MaxValueCharacters = 512;

    public static string Write(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count > MaxPairs || metadata.Any(pair => pair.Key.Length is 0 or > MaxKeyCharacters || pair.Value.Length > MaxValueCharacters))
        {
            throw VectorStoreException.Invalid(
                $"'metadata' takes up to {MaxPairs} pairs, keys of 1 to {MaxKeyCharacters} characters and values of up to {MaxValueCharacters}.", "metadata");
        }

        return JsonSerializer.Serialize(metadata.ToDictionary(StringComparer.Ordinal), VectorStoreJson.Default.DictionaryStringString);
    }

    public static IReadOnlyDictionary<string, string> Read(string json) =>
        JsonSerializer.Deserialize(json, VectorStoreJson.Default.DictionaryStringString)
        ?? throw new InvalidDataException("The metadata of a vector store is not a JSON object.");
}
