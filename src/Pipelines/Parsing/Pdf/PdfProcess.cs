using System.Diagnostics;
using GenAI.Pipelines.Parsing.Worker;

namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>Runs an engine on one file, its output to disk, under the limits.</summary>
internal static class PdfProcess
{
    private const int MaxErrorCharacters = 4000;

    /// <summary>A word with its place takes about a hundred bytes where its text takes six.</summary>
    private const long WordBytesPerCharacter = 20;

    /// <param name="endsWithInput">The program watches its standard input, which stays open as long as this process lives.</param>
    /// <returns>The exit code and the beginning of what the program complained about.</returns>
    public static async Task<(int ExitCode, string Error)> RunAsync(
        ProcessStartInfo start,
        string outputPath,
        ParseLimits limits,
        TimeProvider time,
        bool endsWithInput,
        CancellationToken cancellationToken)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        await using var input = process.StandardInput;
        if (!endsWithInput)
        {
            input.Close();
        }

        var error = ReadErrorAsync(process.StandardError, cancellationToken);
        var work = CopyAsync(process, outputPath, limits, cancellationToken);
        await ChildProcess.GuardAsync(process, work, limits, time, cancellationToken);
        return (process.ExitCode, await error);
    }

    private static async Task CopyAsync(Process process, string outputPath, ParseLimits limits, CancellationToken cancellationToken)
    {
        await using var output = new FileStream(outputPath, FileMode.Create, FileAccess.Write, FileShare.Read);
        var buffer = new byte[81920];
        int read;
        while ((read = await process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (output.Length + read > limits.MaxTextCharacters * WordBytesPerCharacter)
            {
                ChildProcess.Kill(process);
                throw TextDecoder.TooMuchText(limits);
            }

            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        await process.WaitForExitAsync(cancellationToken);
    }

    private static async Task<string> ReadErrorAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var kept = string.Empty;
        var buffer = new char[2048];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            kept += kept.Length < MaxErrorCharacters ? new string(buffer, 0, read) : string.Empty;
        }

        return kept;
    }
}
