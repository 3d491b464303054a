using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>The real program, started as a user starts it, with an empty home and data folder of its own.</summary>
public sealed class GatewayProcess : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);

    private readonly StringBuilder _output = new();
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("genai-e2e-");
    private Process? _process;

    /// <summary>Address without the version, such as <c>http://127.0.0.1:41234</c>.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Address of the API.</summary>
    public Uri ApiAddress => new(Address, "/v1");

    /// <summary>Variables set for the program beside its address and folders; set them before it starts.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string DataFolder => Path.Combine(_home.FullName, "data");

    public int ProcessId => _process!.Id;

    /// <summary>Everything the program printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public async ValueTask InitializeAsync()
    {
        Start();
        await WaitUntilReadyAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _home.Delete(recursive: true);
    }

    /// <summary>Ends the program politely, and by force when it does not go within ten seconds.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
        {
            return;
        }

        if (!_process.HasExited)
        {
            _ = kill(_process.Id, 15);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }
        }

        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts the program; it is not ready yet.</summary>
    public void Start()
    {
        var program = Path.Combine(ProgramFolder(), "GenAI.Gateway.dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = Address.AbsoluteUri.TrimEnd('/');
        start.Environment["GENAI_DATA"] = DataFolder;
        start.Environment["HOME"] = _home.FullName;
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits for <c>/health/ready</c>.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (!_process!.HasExited)
        {
            try
            {
                using var response = await http.GetAsync("/health/ready", limit.Token);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !limit.IsCancellationRequested))
            {
                // Not listening yet.
            }

            await Task.Delay(200, limit.Token);
        }

        throw new InvalidOperationException($"The program ended with {_process.ExitCode}:\n{Output}");
    }

    // The test's own output folder is artifacts/bin/EndToEnd.Tests/CONFIGURATION; the program's is beside it.
    private static string ProgramFolder()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, "Gateway", own.Name);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

#pragma warning disable SYSLIB1054, CA5392 // One call in a test; the source generator would ask for unsafe code here.
    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
#pragma warning restore SYSLIB1054, CA5392
}
