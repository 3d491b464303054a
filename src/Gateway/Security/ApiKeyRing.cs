using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Security;

/// <summary>The configured keys as hashes. Thread safe; a look-up takes the same time whether and where a key matches.</summary>
internal sealed class ApiKeyRing
{
    private readonly List<(byte[] Hash, Principal Principal)> _keys = [];

    public ApiKeyRing(IOptions<AuthOptions> options, IConfiguration configuration)
    {
        foreach (var key in options.Value.ApiKeys)
        {
            var hash = key.Key is { } secret ? Hash(secret) : Convert.FromHexString(key.Sha256!); // validated: one of the two
            Add(hash, key.Name, key.Tenant);
        }

        const StringSplitOptions Clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var secret in (configuration[AuthOptions.KeysVariable] ?? "").Split(',', Clean))
        {
            Add(Hash(secret), "", "default");
        }
    }

    public bool IsEmpty => _keys.Count == 0;

    public Principal? Find(string secret)
    {
        var hash = Hash(secret);
        Principal? found = null;
        foreach (var (candidate, principal) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(candidate, hash))
            {
                found = principal;
            }
        }

        return found;
    }

    private void Add(byte[] hash, string name, string tenant) =>
        _keys.Add((hash, new Principal(name.Length > 0 ? name : $"key-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}", tenant)));

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
