using System.Runtime.InteropServices;

namespace GenAI.Generation.Llama.Native;

/// <summary>Starts the engine once a process: libraries, log, compute backends.</summary>
internal static class NativeRuntime
{
    private static readonly Lazy<string?> Start = new(Initialise, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Null when the engine runs, else a sentence that says what is missing.</summary>
    public static string? Problem => Start.Value;

    /// <exception cref="GenerationException">The engine cannot run here.</exception>
    public static void Require()
    {
        if (Problem is { } problem)
        {
            throw new GenerationException(GenerationFailure.ModelUnavailable, problem);
        }
    }

    public static string Version { get; private set; } = string.Empty;

    /// <summary>Descriptions of the devices that compute, the CPU among them.</summary>
    public static IReadOnlyList<string> Devices { get; private set; } = [];

    private static string? Initialise()
    {
        if (NativeLibraryResolver.Install() is { } problem)
        {
            return problem;
        }

        NativeLog.Install();
        LoadBackends();
        if (NativeMethods.DeviceByType(NativeMethods.CpuDevice) == 0)
        {
            return $"The native engine has no variant for this processor in {NativeLibraryResolver.Folder}.";
        }

        NativeMethods.BackendInit();
        Version = Marshal.PtrToStringUTF8(NativeMethods.Version()) ?? string.Empty;
        Devices = [.. Enumerable.Range(0, (int)NativeMethods.DeviceCount())
            .Select(index => Marshal.PtrToStringUTF8(NativeMethods.DeviceDescription(NativeMethods.DeviceGet((nuint)index))) ?? string.Empty)];
        return null;
    }

    private static void LoadBackends()
    {
        var folder = NativeLibraryResolver.Folder;
        var fallback = Path.Combine(folder, "fallback", "libggml-cuda.so");

        // ggml scores the CPU variants it finds and keeps the best that this processor runs.
        NativeMethods.BackendLoadAll(folder);
        if (File.Exists(fallback) && NativeMethods.RegistryByName("CUDA") == 0)
        {
            NativeMethods.BackendLoad(fallback);
        }
    }
}
