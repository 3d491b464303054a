namespace GenAI.Gateway.Security;

/// <summary>Section <c>Auth</c>. Keys may also come from <c>GENAI_API_KEYS</c>, separated by commas.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    public const string KeysVariable = "GENAI_API_KEYS";

    public IList<ApiKeyOptions> ApiKeys { get; set; } = [];
}
