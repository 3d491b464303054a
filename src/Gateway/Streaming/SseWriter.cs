using System.Buffers;
using System.IO.Pipelines;

namespace GenAI.Gateway.Streaming;

/// <summary>
/// Server-sent events on a response's pipe, with heartbeats while nothing is said. Invariants: an event is written whole
/// under the gate; nothing but data lines and comments is ever sent (ids, retry and named pings crash clients); every
/// event ends with a blank line.
/// </summary>
internal sealed class SseWriter : IAsyncDisposable
{
    private readonly PipeWriter _output;
    private readonly TimeProvider _clock;
    private readonly StreamingOptions _options;
    private readonly Func<ReadOnlyMemory<byte>> _emptyChunk;
    private readonly CancellationToken _aborted;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ITimer _timer;
    private long _lastWrite;
    private long _lastChunk;
    private bool _closed;

    /// <param name="emptyChunk">Gives a whole event that says nothing, for clients that count parsed chunks.</param>
    public SseWriter(
        PipeWriter output, StreamingOptions options, TimeProvider clock, Func<ReadOnlyMemory<byte>> emptyChunk, CancellationToken aborted)
    {
        (_output, _options, _clock, _emptyChunk, _aborted) = (output, options, clock, emptyChunk, aborted);
        _lastWrite = _lastChunk = clock.GetTimestamp();
        var period = (options.Heartbeat < options.EmptyChunk ? options.Heartbeat : options.EmptyChunk) / 2;
        _timer = clock.CreateTimer(static state => _ = ((SseWriter)state!).BeatAsync(), this, period, period);
    }

    public static void Prepare(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Takes the pipe for writing events; give it back with <see cref="ReleaseAsync"/>.</summary>
    public async ValueTask<IBufferWriter<byte>> AcquireAsync()
    {
        await _gate.WaitAsync(_aborted);
        return _output;
    }

    /// <param name="flush">False only when the next event is known to follow at once.</param>
    public async ValueTask ReleaseAsync(bool flush)
    {
        try
        {
            if (flush || _output.UnflushedBytes > 16 * 1024)
            {
                await _output.FlushAsync(_aborted);
            }

            _lastWrite = _lastChunk = _clock.GetTimestamp();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Sends what <see cref="ReleaseAsync"/> held back.</summary>
    public async ValueTask FlushAsync()
    {
        if (_output.UnflushedBytes > 0)
        {
            await AcquireAsync();
            await ReleaseAsync(flush: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();

        // A heartbeat on its way must not touch the pipe after the response has ended.
        await _gate.WaitAsync(CancellationToken.None);
        _closed = true;
        _gate.Release();
    }

    private async Task BeatAsync()
    {
        // Busy means that somebody is writing: no heartbeat is needed then.
        if (!await _gate.WaitAsync(0, CancellationToken.None))
        {
            return;
        }

        try
        {
            await BeatLockedAsync();
        }
        catch (OperationCanceledException)
        {
            // The client has gone; the stream's own writer will notice.
        }
        catch (IOException)
        {
            // The connection broke; the stream's own writer will notice.
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask BeatLockedAsync()
    {
        if (_closed || _aborted.IsCancellationRequested)
        {
            return;
        }

        if (_clock.GetElapsedTime(_lastChunk) >= _options.EmptyChunk)
        {
            _output.Write(_emptyChunk().Span);
            _lastChunk = _clock.GetTimestamp();
        }
        else if (_clock.GetElapsedTime(_lastWrite) >= _options.Heartbeat)
        {
            _output.Write(": ping\n\n"u8);
        }
        else
        {
            return;
        }

        _lastWrite = _clock.GetTimestamp();
        await _output.FlushAsync(_aborted);
    }
}
