using System.Collections.Concurrent;
using GenAI.Generation.Llama.Native;

namespace GenAI.Generation.Llama;

/// <summary>
/// A model's own tokenizer. Safe for concurrent use; once the model and all that computes with it are disposed, it says
/// so with a <see cref="GenerationException"/> (<see cref="GenerationFailure.ModelUnavailable"/>).
/// </summary>
public sealed class LlamaTokenizer : ITextTokenizer
{
    private readonly NativeModel _model;
    private readonly ConcurrentDictionary<int, byte[]> _plain = new();
    private readonly ConcurrentDictionary<int, byte[]> _special = new();

    internal LlamaTokenizer(NativeModel model) => _model = model;

    public int Count(ReadOnlySpan<char> text) => Tokenize(text).Length;

    /// <summary>Token ids of a text.</summary>
    /// <param name="addSpecial">Adds what the model wants at a sequence's ends.</param>
    /// <param name="parseSpecial">Reads the names of special tokens in the text as these tokens; never for text from outside.</param>
    public int[] Tokenize(ReadOnlySpan<char> text, bool addSpecial = false, bool parseSpecial = false)
    {
        try
        {
            return _model.Tokenize(text, addSpecial, parseSpecial);
        }
        catch (ObjectDisposedException exception)
        {
            throw Unloaded(exception);
        }
    }

    /// <summary>The UTF-8 bytes that a token stands for, which may be half a character; none for a special token unless its name is asked for.</summary>
    public ReadOnlyMemory<byte> Bytes(int token, bool special = false)
    {
        try
        {
            return (special ? _special : _plain).GetOrAdd(token, static (id, state) => state.Model.TokenBytes(id, state.Special), (Model: _model, Special: special));
        }
        catch (ObjectDisposedException exception)
        {
            throw Unloaded(exception);
        }
    }

    /// <summary>Whether the token ends a generation (end of text, end of turn).</summary>
    public bool IsEnd(int token)
    {
        try
        {
            return _model.IsEnd(token);
        }
        catch (ObjectDisposedException exception)
        {
            throw Unloaded(exception);
        }
    }

    private static GenerationException Unloaded(ObjectDisposedException exception) =>
        new(GenerationFailure.ModelUnavailable, "The model was unloaded.", exception);
}
