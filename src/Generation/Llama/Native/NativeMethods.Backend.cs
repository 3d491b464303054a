using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenAI.Generation.Llama.Native;

/// <summary>Compute backends (<c>ggml-backend.h</c>) and grammar samplers.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary><c>GGML_BACKEND_DEVICE_TYPE_CPU</c>.</summary>
    public const int CpuDevice = 0;

    [LibraryImport(Ggml, EntryPoint = "ggml_backend_load_all_from_path", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void BackendLoadAll(string folder);

    [LibraryImport(Ggml, EntryPoint = "ggml_backend_load", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint BackendLoad(string path);

    [LibraryImport(Ggml, EntryPoint = "ggml_backend_reg_by_name", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint RegistryByName(string name);

    [LibraryImport(Ggml, EntryPoint = "ggml_backend_dev_count")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nuint DeviceCount();

    [LibraryImport(Ggml, EntryPoint = "ggml_backend_dev_get")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint DeviceGet(nuint index);

    [LibraryImport(Ggml, EntryPoint = "ggml_backend_dev_by_type")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint DeviceByType(int type);

    [LibraryImport(GgmlBase, EntryPoint = "ggml_backend_dev_description")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint DeviceDescription(nint device);

    [LibraryImport(GgmlBase, EntryPoint = "ggml_backend_dev_backend_reg")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint DeviceRegistry(nint device);

    [LibraryImport(GgmlBase, EntryPoint = "ggml_backend_reg_get_proc_address", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint RegistryProcAddress(nint registry, string name);

    [LibraryImport(GgmlBase, EntryPoint = "ggml_threadpool_params_init")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void ThreadPoolParamsInit(GgmlThreadPoolParams* parameters, int threads);

    [LibraryImport(Llama, EntryPoint = "llama_sampler_init_grammar", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial SamplerSafeHandle GrammarCreate(VocabularySafeHandle vocabulary, string grammar, string root);

    [LibraryImport(Llama, EntryPoint = "llama_sampler_apply")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SamplerApply(SamplerSafeHandle sampler, LlamaTokenDataArray* candidates);

    [LibraryImport(Llama, EntryPoint = "llama_sampler_accept")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SamplerAccept(SamplerSafeHandle sampler, int token);

    [LibraryImport(Llama, EntryPoint = "llama_sampler_free")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SamplerFree(nint sampler);
}
