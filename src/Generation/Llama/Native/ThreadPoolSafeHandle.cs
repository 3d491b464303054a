using Microsoft.Win32.SafeHandles;

namespace GenAI.Generation.Llama.Native;

/// <summary>A pool of compute threads; its two functions live in the CPU variant that was chosen at run time.</summary>
internal sealed unsafe class ThreadPoolSafeHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly delegate* unmanaged[Cdecl]<nint, void> _free;

    private ThreadPoolSafeHandle(nint pool, delegate* unmanaged[Cdecl]<nint, void> free)
        : base(ownsHandle: true)
    {
        _free = free;
        SetHandle(pool);
    }

    /// <summary>Null when the CPU backend has no pools; the engine then starts threads for each decode.</summary>
    public static ThreadPoolSafeHandle? TryCreate(int threads)
    {
        var device = NativeMethods.DeviceByType(NativeMethods.CpuDevice);
        var registry = device == 0 ? 0 : NativeMethods.DeviceRegistry(device);
        if (registry == 0)
        {
            return null;
        }

        var create = (delegate* unmanaged[Cdecl]<GgmlThreadPoolParams*, nint>)NativeMethods.RegistryProcAddress(registry, "ggml_threadpool_new");
        var free = (delegate* unmanaged[Cdecl]<nint, void>)NativeMethods.RegistryProcAddress(registry, "ggml_threadpool_free");
        if (create == null || free == null)
        {
            return null;
        }

        GgmlThreadPoolParams parameters;
        NativeMethods.ThreadPoolParamsInit(&parameters, threads);
        var pool = create(&parameters);
        return pool == 0 ? null : new ThreadPoolSafeHandle(pool, free);
    }

    protected override bool ReleaseHandle()
    {
        _free(handle);
        return true;
    }
}
