namespace GenAI.Gateway.Security;

/// <summary>Section <c>Cors</c>: which web pages of other origins, and which host names, may speak to this server.</summary>
internal sealed class CrossOriginOptions
{
    public const string Section = "Cors";

    /// <summary>Origins such as <c>http://localhost:3000</c>; <c>*</c> only together with API keys.</summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>Further host names this server is reached by when it has no API keys.</summary>
    public IList<string> AllowedHosts { get; set; } = [];
}
