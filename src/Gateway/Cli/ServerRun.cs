using System.Net.Sockets;
using GenAI.Gateway.Hosting;
using GenAI.Pipelines.Storage;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Cli;

/// <summary>Runs the server until it is told to stop, and says in one sentence why it could not start.</summary>
internal static class ServerRun
{
    private const int BadStart = 2;

    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = await GatewayHost.BuildAsync(settings);
            await app.StartAsync(cancellationToken);
            await ShowBannerAsync(app);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (StartupException exception)
        {
            return Complain(exception.Message);
        }
        catch (OptionsValidationException exception)
        {
            return Complain([.. exception.Failures]);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return Complain([.. exception.InnerExceptions.OfType<OptionsValidationException>().SelectMany(inner => inner.Failures)]);
        }
        catch (IOException exception) when (exception.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return Complain($"{exception.Message.TrimEnd('.')}. Stop what listens there, or choose another address with ASPNETCORE_URLS=http://127.0.0.1:PORT.");
        }
        catch (StorageException exception)
        {
            return Complain(exception.Message);
        }
        catch (InvalidDataException exception)
        {
            return Complain(exception.Message);
        }
    }

    private static async Task ShowBannerAsync(WebApplication app)
    {
        try
        {
            await Banner.ShowAsync(app, app.Lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // Stopped while the models were loading.
        }
    }

    private static int Complain(params string[] sentences)
    {
        foreach (var sentence in sentences)
        {
            System.Console.Error.WriteLine($"genai: {sentence}");
        }

        return BadStart;
    }
}
