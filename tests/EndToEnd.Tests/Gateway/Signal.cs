using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>Tells a process to end, as a terminal or a supervisor does.</summary>
internal static class Signal
{
    public static void Interrupt(Process process) => _ = kill(process.Id, 2);

    public static void Terminate(Process process) => _ = kill(process.Id, 15);

#pragma warning disable SYSLIB1054, CA5392 // One call in a test; the source generator would ask for unsafe code here.
    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
#pragma warning restore SYSLIB1054, CA5392
}
