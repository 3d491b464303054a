namespace GenAI.Generation.Remote;

/// <summary>A model served by another OpenAI-compatible server.</summary>
public sealed class RemoteModelOptions
{
    /// <summary>Name this model has here.</summary>
    public required string Name { get; init; }

    /// <summary>Base address with the version, such as <c>http://127.0.0.1:8000/v1</c>.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Name the model has there; the same as here when null.</summary>
    public string? UpstreamModel { get; init; }

    /// <summary>Bearer key, or null where the server wants none.</summary>
    public string? ApiKey { get; init; }

    internal string RequestedModel => UpstreamModel ?? Name;

    internal Uri Endpoint(string path) => new(BaseUrl.AbsoluteUri.TrimEnd('/') + "/" + path);
}
