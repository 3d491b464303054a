using System.Diagnostics;
using System.Globalization;

namespace GenAI.Pipelines.Parsing.Worker;

/// <summary>One running parser process. Not safe for concurrent use: it reads one file at a time.</summary>
internal sealed class ParserProcess : IDisposable
{
    private const int StandardErrorTail = 2000;

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly Lock _errorLock = new();
    private string _error = string.Empty;

    private ParserProcess(Process process, long maxMemoryBytes, TimeProvider time)
    {
        _process = process;
        _time = time;
        MaxMemoryBytes = maxMemoryBytes;
        LastUsed = time.GetTimestamp();
    }

    /// <summary>The limit it was started with; a file with another one gets another process.</summary>
    public long MaxMemoryBytes { get; }

    public int ProcessId => _process.Id;

    public int FilesRead { get; private set; }

    /// <summary>Whether the process can take another file.</summary>
    public bool IsUsable { get; private set; } = true;

    public long LastUsed { get; private set; }

    public static ParserProcess Start(ParserWorkerCommand command, long maxMemoryBytes, TimeProvider time)
    {
        var start = ChildProcess.Describe(command.FileName, command.Arguments);

        // An eighth is left for the runtime itself, so that the process can still say that its heap is full.
        start.Environment["DOTNET_GCHeapHardLimit"] = (maxMemoryBytes / 8 * 7).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        var process = Process.Start(start) ?? throw new InvalidOperationException("The parser process did not start.");
        var parser = new ParserProcess(process, maxMemoryBytes, time);
        process.ErrorDataReceived += (_, line) => parser.KeepError(line.Data);
        process.BeginErrorReadLine();
        return parser;
    }

    public bool HasExited() => _process.HasExited;

    public async Task<ParsedDocument> ParseAsync(ParserRequest request, CancellationToken cancellationToken)
    {
        FilesRead++;
        IsUsable = false;
        var exchange = ExchangeAsync(request, cancellationToken);
        try
        {
            await ChildProcess.GuardAsync(_process, exchange, request.Limits, _time, cancellationToken);
            IsUsable = true;
            return await exchange;
        }
        catch (ParseException refused) when (refused.Failure is not (ParseFailure.TooSlow or ParseFailure.OutOfMemory))
        {
            IsUsable = true;
            throw;
        }
        catch (Exception lost) when (lost is IOException or InvalidDataException)
        {
            await _process.WaitForExitAsync(cancellationToken);
            throw Crashed(lost);
        }
        finally
        {
            LastUsed = _time.GetTimestamp();
            Observe(exchange);
        }
    }

    public void Dispose()
    {
        ChildProcess.Kill(_process);
        _process.Dispose();
    }

    private async Task<ParsedDocument> ExchangeAsync(ParserRequest request, CancellationToken cancellationToken)
    {
        await ParserProtocol.WriteRequestAsync(_process.StandardInput.BaseStream, request, cancellationToken);
        return await ParserProtocol.ReadResponseAsync(_process.StandardOutput.BaseStream, request.Limits, cancellationToken);
    }

    private ParseException Crashed(Exception cause)
    {
        string error;
        lock (_errorLock)
        {
            error = _error;
        }

        return error.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) || error.Contains("OutOfMemory", StringComparison.Ordinal)
            ? new ParseException(ParseFailure.OutOfMemory, ParserMessages.OutOfMemory, cause)
            : new ParseException(ParseFailure.Malformed, ParserMessages.Unreadable(error.Contains("Stack overflow", StringComparison.Ordinal) ? "it is nested too deeply" : "its reader crashed on it"), cause);
    }

    private void KeepError(string? line)
    {
        lock (_errorLock)
        {
            // The first lines name the failure; a stack overflow prints thousands after it.
            _error = _error.Length < StandardErrorTail ? _error + line + "\n" : _error;
        }
    }

    private static void Observe(Task task) =>
        _ = task.ContinueWith(static done => done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
