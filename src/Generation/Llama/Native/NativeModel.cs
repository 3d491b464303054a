using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace GenAI.Generation.Llama.Native;

/// <summary>
/// A loaded model and its vocabulary under .NET names. Reading is safe from any thread, also while another disposes:
/// whoever comes too late gets an <see cref="ObjectDisposedException"/>. The contexts that compute with it own it too.
/// </summary>
internal sealed unsafe class NativeModel : IDisposable
{
    private readonly ModelSafeHandle _handle;
    private readonly VocabularySafeHandle _vocabulary;
    private int _owners = 1;
    private int _disposed;

    private NativeModel(ModelSafeHandle handle)
    {
        _handle = handle;
        _vocabulary = NativeMethods.ModelVocabulary(handle);
        _vocabulary.AttachModel(handle);
        VocabularySize = NativeMethods.VocabularySize(_vocabulary);
    }

    public ModelSafeHandle Handle => _handle;

    public int VocabularySize { get; }

    public int TrainingContext => NativeMethods.ModelTrainingContext(_handle);

    public int EmbeddingSize => NativeMethods.ModelEmbeddingSize(_handle);

    /// <summary>Whether a sequence has one state in place of a cell a token (some layers of it at least): it cannot be cut, and each costs the same however short.</summary>
    public bool HasRecurrentState => NativeMethods.ModelIsRecurrent(_handle) || NativeMethods.ModelIsHybrid(_handle);

    public int SlidingWindow => NativeMethods.ModelSlidingWindow(_handle);

    public long SizeBytes => (long)NativeMethods.ModelSize(_handle);

    public long ParameterCount => (long)NativeMethods.ModelParameters(_handle);

    public bool HasDecoder => NativeMethods.ModelHasDecoder(_handle);

    public int Bos => NativeMethods.VocabularyBos(_vocabulary);

    public int Eos => NativeMethods.VocabularyEos(_vocabulary);

    public int Separator => NativeMethods.VocabularySeparator(_vocabulary);

    public bool AddsBos => NativeMethods.VocabularyAddsBos(_vocabulary);

    public string? ChatTemplate => Marshal.PtrToStringUTF8(NativeMethods.ModelChatTemplate(_handle, null));

    public string Description => ReadText((buffer, size) => NativeMethods.ModelDescription(_handle, (byte*)buffer, (nuint)size));

    /// <summary>Loads a model, or the parts of a split one from its first; blocks.</summary>
    /// <param name="progress">Gets 0 to 1; false ends the loading.</param>
    /// <returns>Null when the engine refused the file.</returns>
    public static NativeModel? TryLoad(string path, int gpuLayers, Func<float, bool> progress)
    {
        var self = GCHandle.Alloc(progress);
        try
        {
            var parameters = NativeMethods.ModelDefaultParams();
            parameters.GpuLayers = gpuLayers;
            parameters.LoadMode = LoadMode.Mmap;
            parameters.ProgressCallback = &OnProgress;
            parameters.ProgressCallbackUserData = GCHandle.ToIntPtr(self);
            var handle = NativeMethods.ModelLoad(path, parameters);
            if (handle.IsInvalid)
            {
                handle.Dispose();
                return null;
            }

            return new NativeModel(handle);
        }
        finally
        {
            self.Free();
        }
    }

    public IReadOnlyDictionary<string, string> ReadMetadata()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < NativeMethods.ModelMetadataCount(_handle); i++)
        {
            var index = i;
            var key = ReadText((buffer, size) => NativeMethods.ModelMetadataKey(_handle, index, (byte*)buffer, (nuint)size));
            metadata[key] = ReadText((buffer, size) => NativeMethods.ModelMetadataValue(_handle, index, (byte*)buffer, (nuint)size));
        }

        return metadata;
    }

    public bool IsEnd(int token) => NativeMethods.VocabularyIsEnd(_vocabulary, token);

    public bool IsControl(int token) => NativeMethods.VocabularyIsControl(_vocabulary, token);

    /// <summary>The token as the vocabulary writes it (a special token's name, for one).</summary>
    public string TokenName(int token)
    {
        if (token < 0)
        {
            return string.Empty;
        }

        // The text stands in the model's memory: it has to stay until it is copied.
        var held = false;
        try
        {
            _vocabulary.DangerousAddRef(ref held);
            return Marshal.PtrToStringUTF8(NativeMethods.VocabularyText(_vocabulary, token)) ?? string.Empty;
        }
        finally
        {
            if (held)
            {
                _vocabulary.DangerousRelease();
            }
        }
    }

    public int[] Tokenize(ReadOnlySpan<char> text, bool addSpecial, bool parseSpecial)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var tokens = ArrayPool<int>.Shared.Rent(text.Length + 8);
        try
        {
            var length = Encoding.UTF8.GetBytes(text, bytes);
            var count = Tokenize(bytes.AsSpan(0, length), tokens, addSpecial, parseSpecial);
            if (count < 0)
            {
                ArrayPool<int>.Shared.Return(tokens);
                tokens = ArrayPool<int>.Shared.Rent(-count);
                count = Tokenize(bytes.AsSpan(0, length), tokens, addSpecial, parseSpecial);
            }

            return tokens.AsSpan(0, count).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<int>.Shared.Return(tokens);
        }
    }

    /// <summary>The token's UTF-8 bytes; none for a special token unless <paramref name="special"/> asks for its name.</summary>
    public byte[] TokenBytes(int token, bool special)
    {
        Span<byte> buffer = stackalloc byte[128];
        var length = TokenToPiece(token, buffer, special);
        if (length >= 0)
        {
            return buffer[..length].ToArray();
        }

        var large = new byte[-length];
        TokenToPiece(token, large, special);
        return large;
    }

    public NativeGrammar? TryCreateGrammar(string grammar)
    {
        var sampler = NativeMethods.GrammarCreate(_vocabulary, grammar, "root");
        if (sampler.IsInvalid)
        {
            sampler.Dispose();
            return null;
        }

        sampler.AttachModel(_handle);
        return new NativeGrammar(sampler, VocabularySize);
    }

    /// <summary>Keeps the model usable until <see cref="RemoveOwner"/>, whoever disposes it before.</summary>
    /// <exception cref="ObjectDisposedException">Its last owner is gone.</exception>
    public void AddOwner()
    {
        for (var owners = Volatile.Read(ref _owners); ;)
        {
            ObjectDisposedException.ThrowIf(owners == 0, this);
            var seen = Interlocked.CompareExchange(ref _owners, owners + 1, owners);
            if (seen == owners)
            {
                return;
            }

            owners = seen;
        }
    }

    public void RemoveOwner()
    {
        if (Interlocked.Decrement(ref _owners) == 0)
        {
            _vocabulary.Dispose();
            _handle.Dispose();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            RemoveOwner();
        }
    }

    private int Tokenize(ReadOnlySpan<byte> text, Span<int> tokens, bool addSpecial, bool parseSpecial)
    {
        fixed (byte* textPointer = text)
        fixed (int* tokenPointer = tokens)
        {
            return NativeMethods.Tokenize(_vocabulary, textPointer, text.Length, tokenPointer, tokens.Length, addSpecial, parseSpecial);
        }
    }

    private int TokenToPiece(int token, Span<byte> buffer, bool special)
    {
        fixed (byte* pointer = buffer)
        {
            return NativeMethods.TokenToPiece(_vocabulary, token, pointer, buffer.Length, 0, special);
        }
    }

    /// <summary>Calls a function that fills a buffer as <c>snprintf</c> does: it answers the length it would need.</summary>
    private static string ReadText(Func<nint, int, int> fill)
    {
        var buffer = new byte[256];
        for (; ; )
        {
            int length;
            fixed (byte* pointer = buffer)
            {
                length = fill((nint)pointer, buffer.Length);
            }

            if (length < buffer.Length)
            {
                return Encoding.UTF8.GetString(buffer, 0, Math.Max(0, length));
            }

            buffer = new byte[length + 1];
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte OnProgress(float progress, nint userData)
    {
        try
        {
            return ((Func<float, bool>)GCHandle.FromIntPtr(userData).Target!)(progress) ? (byte)1 : (byte)0;
        }
#pragma warning disable CA1031 // An exception that leaves a callback would end the process.
        catch (Exception)
#pragma warning restore CA1031
        {
            return 0;
        }
    }
}
