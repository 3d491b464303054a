using System.Security.Cryptography;

namespace GenAI.Generation.Catalogue;

/// <summary>Checks model files against the hashes recorded for them.</summary>
public static class ModelVerification
{
    /// <summary>Hashes every file of a model.</summary>
    /// <returns>One result a file, in part order.</returns>
    public static async Task<IReadOnlyList<VerificationResult>> VerifyAsync(ModelEntry model, CancellationToken cancellationToken)
    {
        var results = new List<VerificationResult>();
        foreach (var file in model.Files)
        {
            var name = Path.GetFileName(file);
            var actual = await HashAsync(file, cancellationToken);
            var expected = ModelManifest.Read(Path.GetDirectoryName(file)!).GetValueOrDefault(name)?.Sha256;
            results.Add(new VerificationResult(name, actual, expected));
        }

        return results;
    }

    internal static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, useAsync: true);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
