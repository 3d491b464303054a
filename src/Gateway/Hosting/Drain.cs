using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Hosting;

/// <summary>Ends the answers that still run some time after the server was told to stop, while their clients can still be told so. Thread safe.</summary>
internal sealed class Drain : IDisposable
{
    /// <summary>Left between the last answer's end and the connections': an error event has to leave.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenRegistration _stopping;

    public Drain(IHostApplicationLifetime lifetime, IOptions<LimitsOptions> limits, TimeProvider clock)
    {
        var time = limits.Value.DrainTime;
        _over = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _stopping = lifetime.ApplicationStopping.Register(() => _over.CancelAfter(time));
    }

    /// <summary>Cancelled when no answer may go on.</summary>
    public CancellationToken Over => _over.Token;

    public void Dispose()
    {
        _stopping.Dispose();
        _over.Dispose();
    }
}
