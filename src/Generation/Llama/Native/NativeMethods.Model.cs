using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenAI.Generation.Llama.Native;

/// <summary>What a model says of itself, and its vocabulary (<c>llama.h</c>). All of these only read: any thread may call them.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Llama, EntryPoint = "llama_model_get_vocab")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial VocabularySafeHandle ModelVocabulary(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_n_ctx_train")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ModelTrainingContext(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_n_embd_out")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ModelEmbeddingSize(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_n_layer")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ModelLayers(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_is_recurrent")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool ModelIsRecurrent(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_is_hybrid")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool ModelIsHybrid(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_n_swa")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ModelSlidingWindow(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_desc")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ModelDescription(ModelSafeHandle model, byte* buffer, nuint size);

    [LibraryImport(Llama, EntryPoint = "llama_model_size")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong ModelSize(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_n_params")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong ModelParameters(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_chat_template", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint ModelChatTemplate(ModelSafeHandle model, string? name);

    [LibraryImport(Llama, EntryPoint = "llama_model_has_encoder")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool ModelHasEncoder(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_has_decoder")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool ModelHasDecoder(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_meta_count")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ModelMetadataCount(ModelSafeHandle model);

    [LibraryImport(Llama, EntryPoint = "llama_model_meta_key_by_index")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ModelMetadataKey(ModelSafeHandle model, int index, byte* buffer, nuint size);

    [LibraryImport(Llama, EntryPoint = "llama_model_meta_val_str_by_index")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ModelMetadataValue(ModelSafeHandle model, int index, byte* buffer, nuint size);

    [LibraryImport(Llama, EntryPoint = "llama_vocab_n_tokens")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int VocabularySize(VocabularySafeHandle vocabulary);

    [LibraryImport(Llama, EntryPoint = "llama_vocab_type")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int VocabularyType(VocabularySafeHandle vocabulary);

    [LibraryImport(Llama, EntryPoint = "llama_vocab_get_text")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint VocabularyText(VocabularySafeHandle vocabulary, int token);

    [LibraryImport(Llama, EntryPoint = "llama_vocab_is_eog")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool VocabularyIsEnd(VocabularySafeHandle vocabulary, int token);

    [LibraryImport(Llama, EntryPoint = "llama_vocab_is_control")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool VocabularyIsControl(VocabularySafeHandle vocabulary, int token);

    [LibraryImport(Llama, EntryPoint = "llama_vocab_bos")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int VocabularyBos(VocabularySafeHandle vocabulary);

    [LibraryImport(Llama, EntryPoint = "llama_vocab_eos")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int VocabularyEos(VocabularySafeHandle vocabulary);

    [LibraryImport(Llama, EntryPoint = "llama_vocab_sep")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int VocabularySeparator(VocabularySafeHandle vocabulary);

    [LibraryImport(Llama, EntryPoint = "llama_vocab_get_add_bos")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool VocabularyAddsBos(VocabularySafeHandle vocabulary);

    [LibraryImport(Llama, EntryPoint = "llama_vocab_get_add_eos")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool VocabularyAddsEos(VocabularySafeHandle vocabulary);

    [LibraryImport(Llama, EntryPoint = "llama_tokenize")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Tokenize(
        VocabularySafeHandle vocabulary,
        byte* text,
        int textLength,
        int* tokens,
        int capacity,
        [MarshalAs(UnmanagedType.U1)] bool addSpecial,
        [MarshalAs(UnmanagedType.U1)] bool parseSpecial);

    [LibraryImport(Llama, EntryPoint = "llama_token_to_piece")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int TokenToPiece(
        VocabularySafeHandle vocabulary,
        int token,
        byte* buffer,
        int size,
        int skipLeadingSpaces,
        [MarshalAs(UnmanagedType.U1)] bool special);
}
