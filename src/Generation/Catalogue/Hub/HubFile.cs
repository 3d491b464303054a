using System.Text.Json.Serialization;

namespace GenAI.Generation.Catalogue.Hub;

/// <summary>A file of a hub repository as its tree listing shows it.</summary>
internal sealed record HubFile(string Type, string Path, long Size, HubLargeFile? Lfs)
{
    [JsonIgnore]
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
