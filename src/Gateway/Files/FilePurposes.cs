using GenAI.Gateway.Errors;

namespace GenAI.Gateway.Files;

/// <summary>The values of <c>purpose</c> that clients send.</summary>
internal static class FilePurposes
{
    private static readonly string[] s_known = ["assistants", "user_data", "batch", "fine-tune", "vision", "evals"];

    /// <exception cref="ApiException">Missing or unknown.</exception>
    public static string Check(string? purpose) => purpose switch
    {
        null => throw new ApiException(ApiErrors.Missing("purpose")),
        _ when s_known.Contains(purpose, StringComparer.Ordinal) => purpose,
        _ => throw new ApiException(ApiErrors.Invalid($"'purpose' must be one of {string.Join(", ", s_known)}, not '{purpose}'.", "purpose")),
    };
}
