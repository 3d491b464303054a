using System.Threading.Channels;
using GenAI.Generation.Llama.Native;
using GenAI.Generation.Llama.Sampling;
using GenAI.Generation.Llama.Text;

namespace GenAI.Generation.Llama.Scheduling;

/// <summary>A prompt to continue (or to score) and the channel its answer comes through. Cancelling is safe from any thread.</summary>
internal sealed class GenerationRequest
{
    // Not bounded: the answer itself is, by the context, and the owner thread must never wait for a slow reader.
    private readonly Channel<GeneratedPiece> _pieces = Channel.CreateUnbounded<GeneratedPiece>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly TaskCompletionSource<GenerationResult> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _inBatch;
    private int _cancelled;

    public required int[] Prompt { get; init; }

    public required SamplingConfig Sampling { get; init; }

    /// <summary>The grammar that the output must follow; the request owns it.</summary>
    public NativeGrammar? Grammar { get; init; }

    public int MaxTokens { get; init; } = int.MaxValue;

    /// <summary>Tokens of one block over and over at which the answer ends; 0 for never.</summary>
    public int RepetitionLimit { get; init; }

    public IReadOnlyList<string> Stops { get; init; } = [];

    public string Tenant { get; init; } = string.Empty;

    /// <summary>Whether special tokens show as their names, which markup of tool calls may need.</summary>
    public bool ShowSpecial { get; init; }

    /// <summary>Index of the first prompt token to score; null for a generation.</summary>
    public int? ScoreFrom { get; init; }

    public long EnqueuedAt { get; set; }

    public ChannelReader<GeneratedPiece> Pieces => _pieces.Reader;

    /// <summary>Set before the channel completes.</summary>
    public GenerationResult? Result => _ended.Task.IsCompleted ? _ended.Task.Result : null;

    /// <summary>Completes when the engine is done with the request, which for a cancelled one is a moment later.</summary>
    public Task<GenerationResult> Ended => _ended.Task;

    public bool IsCancelled => Volatile.Read(ref _cancelled) != 0;

    /// <summary>Whether the batch that is being computed holds tokens of this request.</summary>
    public bool InBatch
    {
        get => Volatile.Read(ref _inBatch) != 0;
        set => Interlocked.Exchange(ref _inBatch, value ? 1 : 0);
    }

    public void MarkCancelled() => Interlocked.Exchange(ref _cancelled, 1);

    public void Publish(GeneratedPiece piece)
    {
        if (!piece.IsEmpty)
        {
            _pieces.Writer.TryWrite(piece);
        }
    }

    public void Complete(GenerationResult result)
    {
        Grammar?.Dispose();
        _ended.TrySetResult(result);
        _pieces.Writer.TryComplete();
    }

    public void Fail(GenerationResult result, Exception exception)
    {
        Grammar?.Dispose();
        _ended.TrySetResult(result);
        _pieces.Writer.TryComplete(exception);
    }
}
