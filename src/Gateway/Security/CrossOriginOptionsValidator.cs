using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Security;

internal sealed class CrossOriginOptionsValidator(ApiKeyRing keys) : IValidateOptions<CrossOriginOptions>
{
    public ValidateOptionsResult Validate(string? name, CrossOriginOptions options)
    {
        var failures = options.AllowedOrigins.Where(origin => origin != "*").Where(IsNotAnOrigin)
            .Select(origin => $"Cors:AllowedOrigins: '{origin}' is not an origin; write it as http://host:port without a path.")
            .ToList();
        if (options.AllowedOrigins.Contains("*") && keys.IsEmpty)
        {
            failures.Add("Cors:AllowedOrigins: '*' without API keys would let any web page read your documents; configure a key or name the origins.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsNotAnOrigin(string origin) =>
        !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin;
}
