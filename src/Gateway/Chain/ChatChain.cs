using GenAI.Gateway.Auditing;
using GenAI.Gateway.Models;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chain;

/// <summary>Builds the chain once. Order is meaning: what stands outside sees what the inside changed.</summary>
internal static class ChatChain
{
    public static IChatClient Build(IServiceProvider services)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        IChatClient chain = new RouteChatClient(services.GetRequiredService<ModelRegistry>());
        foreach (var layer in services.GetServices<ChainLayer>())
        {
            chain = layer.Wrap(chain);
        }

        chain = new AuditChatClient(chain, services.GetRequiredService<AuditLog>(), clock);
        return new TelemetryChatClient(chain, services.GetRequiredService<GenAITelemetry>(), clock);
    }
}
