namespace GenAI.Guardrails.Pii;

/// <summary>What happens to each kind of value on the way in and on the way out.</summary>
/// <remarks>
/// Values that prove themselves (a checksum, a known key prefix) are masked both ways by default, so that neither the
/// model nor the search nor a log sees them. E-mail addresses, phone numbers and IP addresses are reported only: in a
/// handbook they are what people ask for ("whom do I call?"), and a shape without a checksum is wrong too often.
/// </remarks>
public sealed class PiiOptions
{
    public static IReadOnlyDictionary<PiiKind, RailMode> DefaultModes { get; } = new Dictionary<PiiKind, RailMode>
    {
        [PiiKind.CreditCard] = RailMode.Enforce,
        [PiiKind.Iban] = RailMode.Enforce,
        [PiiKind.UsSsn] = RailMode.Enforce,
        [PiiKind.NhsNumber] = RailMode.Enforce,
        [PiiKind.AbaRouting] = RailMode.Enforce,
        [PiiKind.Secret] = RailMode.Enforce,
        [PiiKind.Email] = RailMode.Monitor,
        [PiiKind.Phone] = RailMode.Monitor,
        [PiiKind.IpAddress] = RailMode.Monitor,
    };

    /// <summary>By kind, for what comes in; a kind that is missing keeps its default.</summary>
    public IDictionary<PiiKind, RailMode> Input { get; } = new Dictionary<PiiKind, RailMode>(DefaultModes);

    /// <summary>By kind, for what leaves; a kind that is missing keeps its default.</summary>
    public IDictionary<PiiKind, RailMode> Output { get; } = new Dictionary<PiiKind, RailMode>(DefaultModes);

    internal RailMode Mode(PiiKind kind, RailStage stage)
    {
        var modes = stage == RailStage.Input ? Input : Output;
        return modes.TryGetValue(kind, out var mode) ? mode : DefaultModes[kind];
    }
}
