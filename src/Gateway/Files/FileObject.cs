using System.Text.Json.Serialization;
using GenAI.Pipelines.Files;

namespace GenAI.Gateway.Files;

/// <summary>OpenAI's file object.</summary>
internal sealed record FileObject(
    string Id,
    string Object,
    long Bytes,
    long CreatedAt,
    string Filename,
    string Purpose,
    string Status)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ExpiresAt { get; init; }

    public static FileObject Of(StoredFile file) => new(
        file.Id, "file", file.Bytes, file.CreatedAt.ToUnixTimeSeconds(), file.FileName, file.Purpose, "processed")
    {
        ExpiresAt = file.ExpiresAt?.ToUnixTimeSeconds(),
    };
}
