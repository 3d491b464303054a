namespace GenAI.Gateway.Security;

/// <summary>One API key of the configuration: either the key itself or its SHA-256.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>Shown in the audit log.</summary>
    public string Name { get; set; } = "";

    public string? Key { get; set; }

    /// <summary>64 hex digits, for a configuration file that holds no secret.</summary>
    public string? Sha256 { get; set; }

    public string Tenant { get; set; } = "default";
}
