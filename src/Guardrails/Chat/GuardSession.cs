using Microsoft.Extensions.Logging;

namespace GenAI.Guardrails.Chat;

/// <summary>The guard's memory of one request: placeholders and verdicts. Not thread safe.</summary>
internal sealed class GuardSession(GuardPolicy policy, TimeProvider time, ILogger logger)
{
    private readonly PlaceholderVault _vault = new();
    private readonly Dictionary<RailStage, List<TextGuard>> _guards = new() { [RailStage.Input] = [], [RailStage.Output] = [] };

    public GuardStreaming Streaming => policy.Streaming;

    public IReadOnlyList<string> TextProperties => policy.TextProperties;

    public TextGuard Open(RailStage stage, TextProvenance provenance)
    {
        var checks = policy.Rails
            .Where(rail => rail.Mode(stage) != RailMode.Off && rail.Rail.Covers(stage, provenance))
            .Select(rail => new RailCheck(rail, stage, provenance, time, logger))
            .ToList();
        var guard = new TextGuard(checks, _vault);
        _guards[stage].Add(guard);
        return guard;
    }

    /// <summary>Checks a whole text; the result is null when it is blocked.</summary>
    public string? Check(string text, RailStage stage, TextProvenance provenance, out RailFinding? block)
    {
        var guard = Open(stage, provenance);
        guard.Push(text);
        guard.Complete();
        block = guard.Block;
        return block is null ? guard.Render(text, 0) : null;
    }

    /// <summary>Every finding, and one word per rail that found nothing in any text of the stage.</summary>
    public List<RailVerdict> Verdicts(RailStage stage)
    {
        var all = _guards[stage].SelectMany(guard => guard.Verdicts()).ToList();
        var found = all.Where(verdict => verdict.Reason.Length > 0).ToList();
        var silent = all
            .GroupBy(verdict => verdict.Rail, StringComparer.Ordinal)
            .Where(group => group.All(verdict => verdict.Reason.Length == 0))
            .Select(group => group.First() with { Duration = group.Aggregate(TimeSpan.Zero, (sum, verdict) => sum + verdict.Duration) });
        return [.. found, .. silent];
    }
}
