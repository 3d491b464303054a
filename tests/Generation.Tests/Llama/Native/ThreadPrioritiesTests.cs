using GenAI.Generation.Llama.Native;

namespace GenAI.Generation.Tests.Llama.Native;

public sealed class ThreadPrioritiesTests
{
    [Fact]
    public void GiveWay_OnLinux_LowersThisThreadAlone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Threads have a niceness of their own on Linux only.");
        var before = Niceness();
        var lowered = before;
        var thread = new Thread(() =>
        {
            ThreadPriorities.GiveWay();
            lowered = Niceness();
        });

        thread.Start();
        thread.Join();

        lowered.ShouldBe(Math.Min(19, before + 10));
        Niceness().ShouldBe(before);
    }

    // Field 19 of proc_pid_stat(5); the name before it, in brackets, may hold blanks.
    private static int Niceness() =>
        int.Parse(File.ReadAllText("/proc/thread-self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[16], System.Globalization.CultureInfo.InvariantCulture);
}
