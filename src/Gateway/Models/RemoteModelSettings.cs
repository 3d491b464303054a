namespace GenAI.Gateway.Models;

/// <summary>One OpenAI-compatible model behind this server, in <c>Models:Remote</c>.</summary>
internal sealed class RemoteModelSettings
{
    /// <summary>Name in our requests.</summary>
    public string Name { get; set; } = "";

    /// <summary>Such as <c>http://127.0.0.1:8000/v1</c>.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Name at the upstream, when it differs.</summary>
    public string? UpstreamModel { get; set; }

    /// <summary>Environment variable that holds the upstream's key: the configuration itself holds no secret.</summary>
    public string? ApiKeyEnv { get; set; }

    public ModelKind Kind { get; set; } = ModelKind.Chat;

    public int? ContextTokens { get; set; }

    /// <summary>Length of the vectors of an embedding model.</summary>
    public int? Dimensions { get; set; }
}
