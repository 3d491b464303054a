using GenAI.Gateway.Hosting;
using GenAI.Pipelines.VectorStores;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Documents;

/// <summary>Opens the library after the server has begun to listen, and reads the shipped documents on the first start.</summary>
internal sealed partial class DocumentStartup(DocumentLibrary library, IOptions<DocumentsOptions> options, ILogger<DocumentStartup> logger)
    : BackgroundService
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the documents can be asked; never throws.</summary>
    public Task Done => _done.Task;

    /// <summary>The last step of the reading, for the terminal.</summary>
    public IngestionProgress? Progress { get; private set; }

    public string? Failure { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await library.StartAsync(stoppingToken);
            if (options.Value.Samples)
            {
                await library.Samples.EnsureAsync(Samples(), new Steps(this), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Failure = "The server is stopping.";
        }
#pragma warning disable CA1031 // Shipped documents that cannot be read must not stop a server whose own documents can.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failure = exception.Message;
            LogFailure(exception);
        }
        finally
        {
            _done.TrySetResult();
        }
    }

    private static List<SampleFolder> Samples()
    {
        // The first question of the README is for the handbook.
        (string Name, string? Path)[] folders =
        [
            ("Handbook", GatewayPaths.Shipped("samples", "handbook")),
            ("Documentation", GatewayPaths.Shipped("docs")),
        ];
        return [.. folders.Where(folder => folder.Path is not null).Select(folder => new SampleFolder(folder.Name, folder.Path!))]; // filtered
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The documents could not be prepared")]
    private partial void LogFailure(Exception exception);

    // Not Progress<T>: that one reports out of order, on the pool.
    private sealed class Steps(DocumentStartup owner) : IProgress<IngestionProgress>
    {
        public void Report(IngestionProgress value) => owner.Progress = value;
    }
}
