namespace GenAI.Pipelines.Tests.Storage;

/// <summary>A clock that stands still until it is told to go on. Timers follow the system's clock.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
