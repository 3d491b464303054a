namespace GenAI.Guardrails.Chat;

/// <summary>A rail and how far its word goes at each end.</summary>
public sealed record GuardedRail(IRail Rail, RailMode Input, RailMode Output)
{
    internal RailMode Mode(RailStage stage) => stage == RailStage.Input ? Input : Output;
}
