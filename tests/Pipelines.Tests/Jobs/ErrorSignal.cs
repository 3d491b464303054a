using GenAI.Pipelines.Jobs;
using Microsoft.Extensions.Logging;

namespace GenAI.Pipelines.Tests.Jobs;

/// <summary>Tells when the runner met a fault of its own.</summary>
internal sealed class ErrorSignal : ILogger<JobRunner>
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task FirstError => _first.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null && logLevel == LogLevel.Error)
        {
            _first.TrySetResult();
        }
    }
}
