using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Generation.Llama.Native;

/// <summary>Hands the engine's log lines to an <see cref="ILogger"/>. The engine has one log a process, so this has one sink.</summary>
internal static partial class NativeLog
{
    private const int Debug = 1;
    private const int Info = 2;
    private const int Warn = 3;
    private const int Error = 4;
    private const int Continue = 5;

    private static volatile ILogger _sink = NullLogger.Instance;

    [ThreadStatic]
    private static StringBuilder? _line;

    [ThreadStatic]
    private static int _level;

    [ThreadStatic]
    private static string? _lastError;

    public static ILogger Sink
    {
        get => _sink;
        set => _sink = value;
    }

    /// <summary>While set on a thread, warnings are detail: the scheduler handles a full cache and an aborted decode itself.</summary>
    [field: ThreadStatic]
    public static bool Quiet { get; set; }

    public static unsafe void Install() => NativeMethods.LogSet(&Receive, 0);

    /// <summary>The last error line of this thread, which says why a load failed; reading forgets it.</summary>
    public static string? TakeLastError()
    {
        var error = _lastError;
        _lastError = null;
        return error;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void Receive(int level, byte* text, nint userData)
    {
        try
        {
            var piece = Marshal.PtrToStringUTF8((nint)text) ?? string.Empty;
            var line = _line ??= new StringBuilder();
            _level = level == Continue ? _level : level;
            line.Append(piece);
            if (piece.EndsWith('\n'))
            {
                var message = line.ToString().Trim();
                line.Clear();
                Write(_level, message);
            }
        }
#pragma warning disable CA1031 // An exception that leaves a callback would end the process.
        catch (Exception)
#pragma warning restore CA1031
        {
            _line?.Clear();
        }
    }

    private static void Write(int level, string message)
    {
        // Loaders print rows of dots to show progress.
        if (message.Length == 0 || message.All(character => character == '.'))
        {
            return;
        }

        if (level == Error)
        {
            _lastError = message;
        }

        // The engine is talkative: what it calls information is detail here.
        NativeLine(
            _sink,
            level switch
            {
                Error => LogLevel.Error,
                Warn when !Quiet => LogLevel.Warning,
                Warn or Info or Debug => LogLevel.Debug,
                _ => LogLevel.Trace,
            },
            message);
    }

    [LoggerMessage(Message = "llama.cpp: {Line}")]
    private static partial void NativeLine(ILogger logger, LogLevel level, string line);
}
