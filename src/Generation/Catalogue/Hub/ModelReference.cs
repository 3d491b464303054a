using System.Text.RegularExpressions;

namespace GenAI.Generation.Catalogue.Hub;

/// <summary>A model on the hub: <c>OWNER/REPOSITORY[@REVISION][:QUANTISATION or FILE]</c>.</summary>
public sealed partial record ModelReference(string Repository, string Revision, string? Selection)
{
    /// <exception cref="GenerationException">The text is not such a reference.</exception>
    public static ModelReference Parse(string text)
    {
        var match = Shape().Match(text.Trim());
        if (!match.Success)
        {
            throw new GenerationException(
                GenerationFailure.InvalidRequest,
                $"'{text}' is not a hub model. Write OWNER/REPOSITORY, with :QUANTISATION (such as :Q4_K_M) or :FILE.gguf behind it to choose among several.");
        }

        var revision = match.Groups["revision"];
        var selection = match.Groups["selection"];
        return new ModelReference(
            match.Groups["repository"].Value,
            revision.Success ? revision.Value : "main",
            selection.Success ? selection.Value : null);
    }

    [GeneratedRegex(
        @"^(?<repository>[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)(@(?<revision>[\w.-]+))?(:(?<selection>[\w./-]+))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
