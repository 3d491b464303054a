using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>
/// Several choices at once. The first update of every choice is awaited before any is handed out, so that a refusal of
/// one of them is still an HTTP status; after that they interleave as they come. One failure ends all.
/// </summary>
internal sealed class MergedChoiceSource : ChoiceSource
{
    // Small: a reader that stalls must stall the models, not fill memory.
    private const int QueueLength = 16;

    private readonly CancellationTokenSource _stop;
    private readonly List<IAsyncEnumerator<ChatResponseUpdate>> _choices;
    private readonly Channel<(int Choice, ChatResponseUpdate? Update)> _queue =
        Channel.CreateBounded<(int, ChatResponseUpdate?)>(new BoundedChannelOptions(QueueLength) { SingleReader = true });

    private Task? _pumps;

    public MergedChoiceSource(IReadOnlyList<IAsyncEnumerable<ChatResponseUpdate>> choices, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _choices = [.. choices.Select(choice => choice.GetAsyncEnumerator(_stop.Token))];
    }

    public override async ValueTask<bool> MoveNextAsync()
    {
        _pumps ??= RunAsync();

        if (!_queue.Reader.TryRead(out var item))
        {
            if (!await _queue.Reader.WaitToReadAsync(CancellationToken.None))
            {
                return false;
            }

            _queue.Reader.TryRead(out item);
        }

        (Choice, Current) = item;
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_pumps is { } pumps)
        {
            // An enumerator may not be disposed while it moves.
            await pumps;
        }

        foreach (var choice in _choices)
        {
            await choice.DisposeAsync();
        }

        _stop.Dispose();
    }

    /// <summary>Never fails: what went wrong comes to the reader through the queue.</summary>
    private async Task RunAsync()
    {
        bool[] first;
        try
        {
            first = await FirstOfAllAsync();
        }
#pragma warning disable CA1031 // The reader rethrows it through the queue.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _queue.Writer.TryComplete(exception);
            return;
        }

        await PumpAllAsync(first);
    }

    private async Task<bool[]> FirstOfAllAsync()
    {
        var moves = _choices.Select(choice => choice.MoveNextAsync().AsTask()).ToArray();
        try
        {
            return await Task.WhenAll(moves);
        }
        catch
        {
            // An enumerator may not be disposed while it moves.
            await _stop.CancelAsync();
            await Task.WhenAll(moves).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
    }

    private async Task PumpAllAsync(bool[] first)
    {
        var failures = await Task.WhenAll(_choices.Select((choice, index) => PumpAsync(index, choice, first[index])));

        // The first failure cancelled the others; it is the one to tell.
        var failure = failures.FirstOrDefault(found => found is not (null or OperationCanceledException)) ?? failures.FirstOrDefault(found => found is not null);
        _queue.Writer.TryComplete(failure);
    }

    private async Task<Exception?> PumpAsync(int index, IAsyncEnumerator<ChatResponseUpdate> updates, bool any)
    {
        try
        {
            for (; any; any = await updates.MoveNextAsync())
            {
                await _queue.Writer.WriteAsync((index, updates.Current), _stop.Token);
            }

            await _queue.Writer.WriteAsync((index, null), _stop.Token);
            return null;
        }
#pragma warning disable CA1031 // The reader rethrows it through the queue.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await _stop.CancelAsync();
            return exception;
        }
    }
}
