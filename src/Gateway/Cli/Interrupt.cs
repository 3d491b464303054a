using System.Runtime.InteropServices;

namespace GenAI.Gateway.Cli;

/// <summary>Turns Ctrl+C and SIGTERM into a cancelled token, so that a command can end in order. Thread safe.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interrupt() => _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _source.Dispose();
    }

    // The second time the process ends as the signal says: whatever hangs must not hold the user.
    private void Stop(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
