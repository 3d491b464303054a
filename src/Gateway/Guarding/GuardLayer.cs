using GenAI.Gateway.Chain;
using GenAI.Generation;
using GenAI.Guardrails.Chat;
using GenAI.Guardrails.Control;
using GenAI.Guardrails.DenyList;
using GenAI.Guardrails.Pii;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Guarding;

/// <summary>Hangs the guard into the chain.</summary>
internal static class GuardLayer
{
    public static ChainLayer Create(IServiceProvider services)
    {
        var policy = PolicyOf(services.GetRequiredService<IOptions<GuardrailsOptions>>().Value);
        var clock = services.GetRequiredService<TimeProvider>();
        var logger = services.GetRequiredService<ILogger<GuardChatClient>>();
        return new ChainLayer(inner => new GuardChatClient(inner, policy, clock, logger));
    }

    private static GuardPolicy PolicyOf(GuardrailsOptions options) => new(
    [
        new GuardedRail(new ControlRail(options.Control), options.ControlMode, options.ControlMode),
        new GuardedRail(new DenyListRail(options.DenyList), options.DenyListMode, options.DenyListMode),
        new GuardedRail(new PiiRail(options.Pii), options.PiiMode, options.PiiMode),
    ])
    {
        TextProperties = [GenerationOptionNames.TemplateArguments],
    };
}
