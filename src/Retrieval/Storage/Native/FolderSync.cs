using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GenAI.Retrieval.Storage.Native;

/// <summary>Makes the names in a folder durable, which the framework has no call for.</summary>
internal static class FolderSync
{
    public static void Sync(string folder)
    {
        // NTFS journals its names itself and has no way to open a folder for this.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = NativeMethods.Open(folder, NativeMethods.ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open the folder {folder} to sync it: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }
}
