using System.Reflection;
using System.Runtime.InteropServices;

namespace GenAI.Generation.Llama.Native;

/// <summary>Finds the engine's libraries, whose file names carry a version and a build (<c>libllama.v0.5.0.so</c>, <c>libllama.cuda.v0.5.0.so</c>).</summary>
internal static class NativeLibraryResolver
{
    private static readonly Dictionary<string, nint> Loaded = new(StringComparer.Ordinal);

    /// <summary>Folder that the environment variable GENAI_NATIVE names, or <c>native/</c> beside the program.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("GENAI_NATIVE") is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : Path.Combine(AppContext.BaseDirectory, "native");

    /// <summary>Loads the three libraries and hooks the resolver.</summary>
    /// <returns>Null, or a sentence that says what is missing.</returns>
    public static string? Install()
    {
        if (!Directory.Exists(Folder))
        {
            return $"The native engine is not there (no folder {Folder}): install Node.js 20 or newer and build again, or set GENAI_NATIVE to a folder with llama.cpp v0.5.0.";
        }

        foreach (var name in (string[])[NativeMethods.GgmlBase, NativeMethods.Ggml, NativeMethods.Llama])
        {
            var file = Find(name);
            if (file is null)
            {
                return $"The native engine is incomplete: no library '{name}' in {Folder}. Build again, or set GENAI_NATIVE to a folder with llama.cpp v0.5.0.";
            }

            try
            {
                Loaded[name] = NativeLibrary.Load(file);
            }
            catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
            {
                return $"The native engine does not load on this machine: {exception.Message}";
            }
        }

        NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, Resolve);
        return null;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        Loaded.GetValueOrDefault(name);

    private static string? Find(string name)
    {
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        var stem = OperatingSystem.IsWindows() ? name : "lib" + name;
        var plain = Path.Combine(Folder, stem + extension);

        // A build with a GPU backend carries its name; where both lie, that one was asked for.
        return Directory.EnumerateFiles(Folder, $"{stem}.*{extension}")
            .Order(StringComparer.Ordinal)
            .FirstOrDefault()
            ?? (File.Exists(plain) ? plain : null);
    }
}
