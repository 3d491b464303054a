using System.Runtime.InteropServices;

namespace GenAI.Retrieval.Storage.Native;

internal static partial class NativeMethods
{
    internal const int ReadOnly = 0;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);
}
