using System.Diagnostics;

namespace GenAI.Pipelines.Parsing.Worker;

/// <summary>Starts a process that handles untrusted bytes, and ends it when it takes too long or too much memory.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>What a child needs to run; everything else of the server's environment, keys above all, stays with the server.</summary>
    private static readonly string[] PassedOn =
    [
        "PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64",
    ];

    public static ProcessStartInfo Describe(string fileName, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (var name in PassedOn)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        // Plain ASCII would be the system's choice where none is set, and lose every other letter.
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    /// <summary>Waits for the work, and ends the process when the work fails, is cancelled or goes over a limit.</summary>
    public static async Task GuardAsync(Process process, Task work, ParseLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(WatchEvery, time);
        try
        {
            var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            while (await Task.WhenAny(work, tick) != work)
            {
                await tick;
                if (time.GetElapsedTime(started) > limits.Timeout)
                {
                    throw new ParseException(ParseFailure.TooSlow, ParserMessages.TooSlow(limits.Timeout));
                }

                if (ResidentBytes(process) > limits.MaxMemoryBytes)
                {
                    throw new ParseException(ParseFailure.OutOfMemory, ParserMessages.OutOfMemory);
                }

                tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            }

            await work;
        }
        catch (Exception failure) when (failure is not ParseException { Failure: not (ParseFailure.TooSlow or ParseFailure.OutOfMemory) })
        {
            Kill(process);
            throw;
        }
    }

    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }

    private static long ResidentBytes(Process process)
    {
        try
        {
            process.Refresh();
            return process.HasExited ? 0 : process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
