using GenAI.Gateway.Security;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using GenAI.Retrieval.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Hosting;

/// <summary>Builds the web application. Tests build the same one, with their own models and data folder.</summary>
internal static class GatewayHost
{
    // The terminal shows the banner and what needs attention; a start that fails is told in a sentence of our own.
    private static readonly Dictionary<string, string?> s_defaults = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:GenAI.Generation.Llama"] = "Error",
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
    };

    /// <param name="settings">Settings of the command line, which win over all others.</param>
    /// <param name="configure">Last word on the services.</param>
    /// <remarks>Takes the data folder: dispose the application to free it.</remarks>
    /// <exception cref="StartupException">The configuration or the addresses do not do.</exception>
    public static async Task<WebApplication> BuildAsync(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddConfiguration(builder.Configuration, settings);
        var paths = GatewayPaths.From(builder.Configuration);
        builder.Configuration.AddJsonFile(Path.Combine(paths.DataFolder, "genai.json"), optional: true, reloadOnChange: false);
        builder.Configuration.AddEnvironmentVariables().AddInMemoryCollection(settings);

        var urls = builder.Configuration["URLS"] is { Length: > 0 } set ? set : ListenAddress.Default;
        builder.WebHost.UseUrls(urls);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitsOptions>>(
            static (kestrel, limits) => kestrel.Limits.MaxRequestBodySize = limits.Value.MaxRequestBytes);
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<LimitsOptions>>(
            static (host, limits) => host.ShutdownTimeout = limits.Value.DrainTime + Drain.Farewell);
        var folder = DataFolderLock.Take(paths.DataFolder);
        var collections = await OpenCollectionsAsync(paths, folder);
        builder.Services.AddSingleton(_ => folder);
        builder.Services.AddGateway(paths, collections);
        configure?.Invoke(builder.Services);

        var app = builder.Build();

        // Resolved now, so that the container frees them whatever happens next.
        _ = app.Services.GetRequiredService<DataFolderLock>();
        _ = app.Services.GetRequiredService<ICollectionStore>();
        try
        {
            ListenAddress.Check(ListenAddress.All(urls, builder.Configuration), app.Services.GetRequiredService<ApiKeyRing>());
            app.UseGateway();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static async Task<FileCollectionStore> OpenCollectionsAsync(GatewayPaths paths, DataFolderLock folder)
    {
        try
        {
            return await FileCollectionStore.OpenAsync(Path.Combine(paths.DataFolder, "collections"), NullLoggerFactory.Instance);
        }
        catch (StoreInUseException exception)
        {
            folder.Dispose();
            throw new StartupException(exception.Message);
        }
    }

    private static void AddConfiguration(ConfigurationManager configuration, IReadOnlyDictionary<string, string?> settings)
    {
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = s_defaults });
        configuration.AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().AddInMemoryCollection(settings);
    }
}
