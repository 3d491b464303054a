using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Security;

internal sealed class AuthOptionsValidator : IValidateOptions<AuthOptions>
{
    private const int MinKeyLength = 8;

    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var failures = options.ApiKeys.SelectMany(Check).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Check(ApiKeyOptions key, int index)
    {
        var place = $"Auth:ApiKeys:{index}";
        if (key.Key is null == key.Sha256 is null)
        {
            yield return $"{place} needs either Key or Sha256, one of the two.";
        }

        if (key.Key is { Length: < MinKeyLength })
        {
            yield return $"{place}:Key is shorter than {MinKeyLength} characters; make one with: openssl rand -hex 24.";
        }

        if (key.Sha256 is { } hash && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
        {
            yield return $"{place}:Sha256 must be 64 hex digits.";
        }
    }
}
