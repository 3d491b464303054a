using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>The real program, started as a user starts it, with an empty home and data folder of its own.</summary>
public sealed class GatewayProcess : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);

    private readonly StringBuilder _output = new();
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("genai-e2e-");
    private Process? _process;

    /// <summary>Address without the version, such as <c>http://127.0.0.1:41234</c>.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Address of the API.</summary>
    public Uri ApiAddress => new(Address, "/v1");

    /// <summary>Variables set for the program beside its address and folders; set them before it starts.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>What starts the program in place of this process, such as <c>unshare</c> with its options; it must replace itself by it.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>Socket in the file system that the program listens on in place of its address.</summary>
    public string? SocketPath { get; init; }

    public string HomeFolder => _home.FullName;

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

    /// <summary>Ends the program politely, and by force when it does not go within thirty seconds.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
        {
            return;
        }

        if (!_process.HasExited)
        {
            Signal.Terminate(_process);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
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

    /// <summary>Ends the program with SIGKILL: nothing in it gets to run any more.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts the program; it is not ready yet.</summary>
    public void Start()
    {
        string[] command = [.. Launcher, "dotnet", GatewayProgram.Path];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = SocketPath is null ? Address.AbsoluteUri.TrimEnd('/') : $"http://unix:{SocketPath}";
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

    /// <summary>A client whose relative addresses are the program's.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler { ConnectCallback = ConnectAsync })
    {
        BaseAddress = SocketPath is null ? Address : new Uri("http://localhost"),
        Timeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>Waits until the program has printed a text.</summary>
    public async Task WaitForOutputAsync(string text, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            _process!.HasExited.ShouldBeFalse(Output);
            await Task.Delay(100, limit.Token);
        }
    }

    /// <summary>Waits for <c>/health/ready</c>.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = CreateClient();
        http.Timeout = TimeSpan.FromSeconds(20);
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

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = SocketPath is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(SocketPath is null ? context.DnsEndPoint : new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
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
}
