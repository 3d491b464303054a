using System.Net;
using GenAI.Gateway.Security;

namespace GenAI.Gateway.Hosting;

/// <summary>Checks the addresses before anything listens on them.</summary>
internal static class ListenAddress
{
    public const string Default = "http://127.0.0.1:8080";

    /// <summary>The addresses and those of the server's own section, which would win over them.</summary>
    public static string All(string urls, IConfiguration configuration) =>
        string.Join(';', configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).Append(urls));

    /// <exception cref="StartupException">An address of the network is to be served without a key, or is no address.</exception>
    public static void Check(string urls, ApiKeyRing keys)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = Parse(url);
            if (keys.IsEmpty && !IsLoopback(address.Host))
            {
                throw new StartupException(
                    $"{url} can be reached from the network, and no API key is configured: anyone could read your documents. " +
                    $"Set {AuthOptions.KeysVariable} to a secret (for example from: openssl rand -hex 24), or listen on {Default}.");
            }
        }
    }

    private static BindingAddress Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new StartupException($"ASPNETCORE_URLS: '{url}' is not an address; write it like {Default}.");
        }
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || host.StartsWith("unix:", StringComparison.Ordinal)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
