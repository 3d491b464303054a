namespace GenAI.Guardrails.Pii;

/// <summary>
/// Finds personal and secret values in the canonical form of a text and masks them with typed placeholders such as
/// <c>&lt;CARD_1&gt;</c>; the same value keeps its number throughout a request.
/// </summary>
public sealed class PiiRail(PiiOptions options) : IRail
{
    internal static IReadOnlyList<IPiiMatcher> Strong { get; } =
    [
        new CardMatcher(), new IbanMatcher(), new SsnMatcher(), NamedNumberMatcher.Nhs, NamedNumberMatcher.Aba, new SecretMatcher(),
    ];

    internal static IReadOnlyList<IPiiMatcher> Weak { get; } = [new EmailMatcher(), new IpAddressMatcher(), new PhoneMatcher()];

    public string Name => "pii/1";

    public bool Covers(RailStage stage, TextProvenance provenance) => true;

    public IRailScan Open(RailStage stage, TextProvenance provenance) => new PiiScan(options, stage);

    internal static string Reason(PiiKind kind) => kind switch
    {
        PiiKind.CreditCard => "credit_card",
        PiiKind.Iban => "iban",
        PiiKind.UsSsn => "us_ssn",
        PiiKind.NhsNumber => "nhs_number",
        PiiKind.AbaRouting => "aba_routing",
        PiiKind.Secret => "secret",
        PiiKind.Email => "email",
        PiiKind.Phone => "phone",
        _ => "ip_address",
    };

    internal static string Label(PiiKind kind) => kind switch
    {
        PiiKind.CreditCard => "CARD",
        PiiKind.UsSsn => "SSN",
        PiiKind.NhsNumber => "NHS_NUMBER",
        PiiKind.AbaRouting => "ROUTING_NUMBER",
        PiiKind.IpAddress => "IP_ADDRESS",
        _ => kind.ToString().ToUpperInvariant(),
    };

    /// <summary>The value as it is compared: numbers without their separators, the rest in one case.</summary>
    internal static string Identity(PiiKind kind, string value) => kind switch
    {
        PiiKind.Email => value.Replace(" dot ", ".", StringComparison.OrdinalIgnoreCase)
            .Replace(" (at) ", "@", StringComparison.OrdinalIgnoreCase).ToUpperInvariant(),
        PiiKind.Secret or PiiKind.IpAddress => value,
        _ => string.Concat(value.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant(),
    };
}
