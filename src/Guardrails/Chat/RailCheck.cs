using Microsoft.Extensions.Logging;

namespace GenAI.Guardrails.Chat;

/// <summary>One rail at work on one text. A rail that throws blocks where it enforces and falls silent where it monitors.</summary>
internal sealed partial class RailCheck(GuardedRail rail, RailStage stage, TextProvenance provenance, TimeProvider time, ILogger logger)
{
    private readonly List<RailFinding> _failures = [];
    private IRailScan? _scan;
    private TimeSpan _elapsed;
    private int _settled;
    private int _taken;

    public RailMode Mode { get; } = rail.Mode(stage);

    public int Settled => HasFailed ? int.MaxValue : _scan?.Settled ?? 0;

    private bool HasFailed => _failures.Count > 0;

    public void Push(string piece) => Run(() => (_scan ??= rail.Rail.Open(stage, provenance)).Push(piece));

    public void Complete() => Run(() => (_scan ??= rail.Rail.Open(stage, provenance)).Complete());

    /// <summary>Findings that came since the last call and that must be acted on.</summary>
    public IEnumerable<RailFinding> TakeEnforced()
    {
        if (Mode != RailMode.Enforce)
        {
            yield break;
        }

        foreach (var failure in _failures)
        {
            yield return failure;
        }

        if (HasFailed || _scan is null)
        {
            yield break;
        }

        // Findings that only report may still come between those that act, so places in the list are no measure.
        foreach (var finding in _scan.Findings.Where(finding => finding.Action != RailAction.Pass).Skip(_taken))
        {
            _taken++;
            yield return finding;
        }
    }

    public IEnumerable<RailVerdict> Verdicts()
    {
        var findings = _failures.Concat(_scan?.Findings ?? []).ToList();
        if (findings.Count == 0)
        {
            return [new RailVerdict(rail.Rail.Name, stage, RailAction.Pass, string.Empty, [], _elapsed)];
        }

        return findings
            .GroupBy(finding => (finding.Reason, finding.Action))
            .Select(group => new RailVerdict(
                rail.Rail.Name,
                stage,
                Mode == RailMode.Enforce ? group.Key.Action : RailAction.Pass,
                group.Key.Reason,
                [.. group.Select(finding => finding.Span)],
                _elapsed));
    }

    private void Run(Action step)
    {
        if (HasFailed)
        {
            return;
        }

        var began = time.GetTimestamp();
        try
        {
            step();
            _settled = _scan!.Settled;
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a rail fails with, the answer must not pass unchecked: fail closed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailure(exception, rail.Rail.Name, stage);
            _failures.Add(new RailFinding(new TextSpan(_settled, _settled), RailAction.Block, "rail_error")
            {
                Sentence = $"A safety check ({rail.Rail.Name}) could not be made, so nothing was let through. Try again; if it stays, tell the operator.",
            });
        }

        _elapsed += time.GetElapsedTime(began);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Rail {Rail} failed at {Stage}")]
    private partial void LogFailure(Exception exception, string rail, RailStage stage);
}
