using GenAI.Guardrails.Control;
using GenAI.Guardrails.DenyList;
using GenAI.Guardrails.Pii;

namespace GenAI.Guardrails.Chat;

/// <summary>The rails that stand at both ends of the chain, in order; where two want different things the stricter decides.</summary>
public sealed record GuardPolicy(IReadOnlyList<GuardedRail> Rails)
{
    public GuardStreaming Streaming { get; init; } = GuardStreaming.HoldBack;

    /// <summary>Keys of <c>ChatOptions.AdditionalProperties</c> whose values reach the model as text.</summary>
    public IReadOnlyList<string> TextProperties { get; init; } = [];

    /// <summary>The three built-in rails, enforcing at both ends.</summary>
    public static GuardPolicy Create(PiiOptions pii, ControlOptions control, DenyListOptions denyList) =>
        new(
        [
            new GuardedRail(new ControlRail(control), RailMode.Enforce, RailMode.Enforce),
            new GuardedRail(new DenyListRail(denyList), RailMode.Enforce, RailMode.Enforce),
            new GuardedRail(new PiiRail(pii), RailMode.Enforce, RailMode.Enforce),
        ]);
}
