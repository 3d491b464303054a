using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>The usual case: one choice, no queue between model and wire.</summary>
internal sealed class SingleChoiceSource : ChoiceSource
{
    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private Task<bool>? _pending;
    private bool _ended;

    public SingleChoiceSource(IAsyncEnumerable<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _updates = updates.GetAsyncEnumerator(_stop.Token);
    }

    public override ValueTask<bool> MoveNextAsync()
    {
        if (_ended)
        {
            return ValueTask.FromResult(false);
        }

        _pending = null;
        var next = _updates.MoveNextAsync();
        if (next.IsCompletedSuccessfully)
        {
#pragma warning disable VSTHRD103 // The value task has completed: reading it does not block.
            return ValueTask.FromResult(Take(next.Result));
#pragma warning restore VSTHRD103
        }

        _pending = AwaitAsync(next.AsTask());
        return new ValueTask<bool>(_pending);
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_pending is { IsCompleted: false } pending)
        {
            // An enumerator may not be disposed while it moves. What it ends with no longer interests anyone.
            await pending.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        await _updates.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<bool> AwaitAsync(Task<bool> next) => Take(await next);

    private bool Take(bool any)
    {
        Current = any ? _updates.Current : null;
        _ended = !any;
        return true;
    }
}
