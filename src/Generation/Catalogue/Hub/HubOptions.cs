namespace GenAI.Generation.Catalogue.Hub;

/// <summary>How the model hub is reached.</summary>
public sealed class HubOptions
{
    public const string DefaultEndpoint = "https://huggingface.co";

    /// <summary>Base address; <c>HF_ENDPOINT</c> names a mirror.</summary>
    public Uri Endpoint { get; set; } = new(DefaultEndpoint);

    /// <summary>Access token for gated models; <c>HF_TOKEN</c>. Sent to the endpoint only, never to where it redirects.</summary>
    public string? Token { get; set; }

    /// <summary>When true every call is refused before a connection is opened.</summary>
    public bool Offline { get; set; }

    /// <summary>How often a broken transfer is taken up again before it is given up (what arrived is kept).</summary>
    public int MaxResumes { get; set; } = 4;

    /// <summary>Wait before the first resume; it doubles each time.</summary>
    public TimeSpan ResumeDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Reads <c>HF_ENDPOINT</c> and <c>HF_TOKEN</c>.</summary>
    /// <exception cref="GenerationException"><c>HF_ENDPOINT</c> is not an absolute http(s) address.</exception>
    public static HubOptions FromEnvironment(Func<string, string?> variable)
    {
        var options = new HubOptions { Token = NullIfEmpty(variable("HF_TOKEN")) };
        if (NullIfEmpty(variable("HF_ENDPOINT")) is { } endpoint)
        {
            if (!Uri.TryCreate(endpoint.TrimEnd('/'), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                throw new GenerationException(
                    GenerationFailure.InvalidRequest,
                    $"HF_ENDPOINT is '{endpoint}', which is not an http(s) address such as {DefaultEndpoint}.");
            }

            options.Endpoint = address;
        }

        return options;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
