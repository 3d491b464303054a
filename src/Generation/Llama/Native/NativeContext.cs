using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenAI.Generation.Llama.Native;

/// <summary>
/// A context: the batch under construction, decoding, the cache of sequences and the outputs.
/// Belongs to one owner thread, but for <see cref="RequestAbort"/>, which any thread may call.
/// </summary>
internal sealed unsafe class NativeContext : IDisposable
{
    private readonly ContextSafeHandle _handle;
    private readonly NativeModel _model;
    private readonly ThreadPoolSafeHandle? _pool;
    private readonly nint _memory;
    private readonly int _vocabularySize;
    private readonly int _embeddingSize;
    private readonly int _capacity;
    private readonly int* _tokens;
    private readonly int* _positions;
    private readonly int* _sequenceCounts;
    private readonly int* _sequences;
    private readonly int** _sequencePointers;
    private readonly sbyte* _outputs;
    private readonly int[] _abort;
    private int _threads;
    private int _count;
    private bool _disposed;

    private NativeContext(ContextSafeHandle handle, NativeModel model, int capacity, int threads, int[] abort)
    {
        _handle = handle;
        _model = model;
        _model.AddOwner();
        _capacity = capacity;
        _abort = abort;
        _memory = NativeMethods.ContextMemory(handle);
        _vocabularySize = model.VocabularySize;
        _embeddingSize = model.EmbeddingSize;
        _tokens = Allocate<int>(capacity);
        _positions = Allocate<int>(capacity);
        _sequenceCounts = Allocate<int>(capacity);
        _sequences = Allocate<int>(capacity);
        _outputs = Allocate<sbyte>(capacity);
        _sequencePointers = (int**)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(int*));
        for (var i = 0; i < capacity; i++)
        {
            _sequenceCounts[i] = 1;
            _sequencePointers[i] = _sequences + i;
        }

        _threads = threads;
        _pool = ThreadPoolSafeHandle.TryCreate(threads);
        if (_pool is not null)
        {
            NativeMethods.AttachThreadPool(handle, _pool, 0);
        }
    }

    /// <summary>Tokens that the cache holds.</summary>
    public int ContextTokens => (int)NativeMethods.ContextTokens(_handle);

    public PoolingType Pooling => NativeMethods.ContextPooling(_handle);

    /// <summary>Tokens in the batch under construction.</summary>
    public int BatchCount => _count;

    public static NativeContext? TryCreate(NativeModel model, NativeContextSettings settings)
    {
        // Pinned rather than native: a caller may still ask for an abort after the context is gone.
        var abort = GC.AllocateArray<int>(1, pinned: true);
        var parameters = NativeMethods.ContextDefaultParams();
        parameters.ContextTokens = (uint)settings.ContextTokens;
        parameters.BatchTokens = (uint)settings.BatchTokens;
        parameters.MicroBatchTokens = (uint)settings.MicroBatchTokens;
        parameters.MaxSequences = (uint)settings.MaxSequences;
        parameters.MaxOutputs = (uint)settings.MaxOutputs;
        parameters.Threads = settings.Threads;
        parameters.BatchThreads = settings.Threads;
        parameters.Pooling = settings.Pooling;
        parameters.Embeddings = settings.Embeddings ? (byte)1 : (byte)0;
        parameters.UnifiedKv = 1;
        parameters.AbortCallback = &OnAbortCheck;
        parameters.AbortCallbackData = Marshal.UnsafeAddrOfPinnedArrayElement(abort, 0);
        var handle = NativeMethods.ContextCreate(model.Handle, parameters);
        if (handle.IsInvalid)
        {
            handle.Dispose();
            return null;
        }

        handle.AttachModel(model.Handle);
        return new NativeContext(handle, model, settings.BatchTokens, settings.Threads, abort);
    }

    public void ClearBatch() => _count = 0;

    /// <summary>Adds a token; its place in the batch is the index under which its output is read.</summary>
    public int AddToBatch(int token, int position, int sequence, bool output)
    {
        if (_count == _capacity)
        {
            throw new InvalidOperationException("The batch is full.");
        }

        _tokens[_count] = token;
        _positions[_count] = position;
        _sequences[_count] = sequence;
        _outputs[_count] = output ? (sbyte)1 : (sbyte)0;
        return _count++;
    }

    public DecodeStatus Decode()
    {
        var batch = new LlamaBatch
        {
            TokenCount = _count,
            Tokens = _tokens,
            Positions = _positions,
            SequenceCounts = _sequenceCounts,
            SequenceIds = _sequencePointers,
            Outputs = _outputs,
        };
        NativeLog.Quiet = true;
        return NativeMethods.Decode(_handle, batch);
    }

    /// <summary>Threads of the next decodes; no more than the context was made with.</summary>
    public void SetThreads(int threads)
    {
        if (threads != _threads)
        {
            NativeMethods.SetThreads(_handle, threads, threads);
            _threads = threads;
        }
    }

    /// <summary>Makes a decode that runs on the CPU end within milliseconds with <see cref="DecodeStatus.Aborted"/>.</summary>
    public void RequestAbort() => Volatile.Write(ref _abort[0], 1);

    public void ResetAbort() => Volatile.Write(ref _abort[0], 0);

    /// <summary>The logits of a batch index, valid until the next decode.</summary>
    public ReadOnlySpan<float> Logits(int batchIndex)
    {
        var logits = NativeMethods.Logits(_handle, batchIndex);
        return logits == null ? [] : new ReadOnlySpan<float>(logits, _vocabularySize);
    }

    /// <summary>The pooled embedding of a sequence, valid until the next decode.</summary>
    public ReadOnlySpan<float> Embedding(int sequence)
    {
        var embedding = NativeMethods.SequenceEmbedding(_handle, sequence);
        return embedding == null ? [] : new ReadOnlySpan<float>(embedding, _embeddingSize);
    }

    /// <summary>Forgets a sequence from a position on.</summary>
    /// <returns>False where the model cannot forget a part (a recurrent one): then forget it whole.</returns>
    public bool Forget(int sequence, int from) =>
        _memory == 0 || NativeMethods.MemorySequenceRemove(_memory, sequence, from, -1);

    /// <summary>Lets a sequence share the first <paramref name="length"/> tokens of another; nothing is copied.</summary>
    public void Share(int source, int destination, int length)
    {
        if (_memory != 0)
        {
            NativeMethods.MemorySequenceCopy(_memory, source, destination, 0, length);
        }
    }

    /// <summary>Copies out what the cache holds of a sequence.</summary>
    /// <returns>Null when it cannot be copied, or there is no memory for it.</returns>
    public SequenceSnapshot? Save(int sequence)
    {
        var bytes = _memory == 0 ? 0 : NativeMethods.SequenceStateSize(_handle, sequence);
        if (bytes == 0)
        {
            return null;
        }

        if (SequenceSnapshot.TryCreate(bytes) is not { } snapshot)
        {
            return null;
        }

        if (NativeMethods.SequenceStateRead(_handle, snapshot.Data, bytes, sequence) == bytes)
        {
            return snapshot;
        }

        snapshot.Dispose();
        return null;
    }

    /// <summary>Copies a sequence back in, in place of what the cache holds under that number.</summary>
    /// <returns>False when there is no room; the number then holds nothing.</returns>
    public bool Restore(SequenceSnapshot snapshot, int sequence)
    {
        NativeLog.Quiet = true;
        if (NativeMethods.SequenceStateWrite(_handle, snapshot.Data, snapshot.Bytes, sequence) > 0)
        {
            return true;
        }

        Forget(sequence, 0);
        return false;
    }

    /// <summary>First position that is still held, which sliding-window models let grow; -1 for none.</summary>
    public int FirstPosition(int sequence) => _memory == 0 ? -1 : NativeMethods.MemorySequenceFirst(_memory, sequence);

    /// <summary>Last position that is held; -1 for none.</summary>
    public int LastPosition(int sequence) => _memory == 0 ? -1 : NativeMethods.MemorySequenceLast(_memory, sequence);

    public void ForgetAll()
    {
        if (_memory != 0)
        {
            NativeMethods.MemoryClear(_memory, data: false);
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_pool is not null)
        {
            NativeMethods.DetachThreadPool(_handle);
        }

        _handle.Dispose();
        _pool?.Dispose();
        _model.RemoveOwner();
        NativeMemory.Free(_tokens);
        NativeMemory.Free(_positions);
        NativeMemory.Free(_sequenceCounts);
        NativeMemory.Free(_sequences);
        NativeMemory.Free(_sequencePointers);
        NativeMemory.Free(_outputs);
    }

    private static T* Allocate<T>(int count)
        where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte OnAbortCheck(nint flag) => Volatile.Read(ref *(int*)flag) != 0 ? (byte)1 : (byte)0;
}
