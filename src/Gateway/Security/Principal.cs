namespace GenAI.Gateway.Security;

/// <summary>Who asks. Its name appears in the audit log; the key itself never does.</summary>
/// <param name="Tenant">Fence for cached prefixes and, later, for documents.</param>
internal sealed record Principal(string Name, string Tenant)
{
    /// <summary>Whoever sits at this machine, when no keys are configured.</summary>
    public static Principal Local { get; } = new("local", "default");

    public static Principal Of(HttpContext context) => context.Features.Get<Principal>() ?? Local;
}
