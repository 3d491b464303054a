using System.Runtime.InteropServices;

namespace GenAI.Generation.Llama.Native;

/// <summary>Priorities of threads that compute.</summary>
internal static partial class ThreadPriorities
{
    private const int BackgroundNiceness = 10;

    /// <summary>
    /// Lets other threads go before the calling one, for good. The engine's threads spin while they wait for each other,
    /// so a thread of the same rank that takes a core from one of them stops the others too.
    /// </summary>
    /// <remarks>.NET does not set priorities on Linux; there a thread has a niceness of its own (nice(2)).</remarks>
    public static void GiveWay()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = AddNiceness(BackgroundNiceness);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
    }

    [LibraryImport("libc", EntryPoint = "nice")]
    private static partial int AddNiceness(int increment);
}
