using GenAI.Gateway.Hosting;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Parsing;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Documents;

/// <summary>Registers the document library and its parts, for the endpoints and the chain.</summary>
internal static class DocumentServices
{
    /// <param name="collections">Opened before the server was built; the container disposes it with the rest.</param>
    public static void AddDocuments(this IServiceCollection services, GatewayPaths paths, FileCollectionStore collections)
    {
        services.AddSingleton<ICollectionStore>(_ => collections);
        services.AddSingleton<IEmbeddingModelSource, RegistryEmbeddingModels>();
        services.AddSingleton<DocumentParsers>(_ => new DocumentParsers());
        services.AddSingleton(provider => new DocumentLibrary(
            new DocumentLibraryOptions(paths.DataFolder)
            {
                Jobs = new JobRunnerOptions { KeepFinished = provider.GetRequiredService<IOptions<DocumentsOptions>>().Value.KeepFinishedJobs },
            },
            provider.GetRequiredService<ICollectionStore>(),
            provider.GetRequiredService<IEmbeddingModelSource>(),
            Parser(provider.GetRequiredService<DocumentParsers>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddLibraryPart(library => library.Files);
        services.AddLibraryPart(library => library.Jobs);
        services.AddLibraryPart(library => library.Runner);
        services.AddLibraryPart(library => library.Stores);
        services.AddLibraryPart(library => library.StoreFiles);
        services.AddLibraryPart(library => library.Batches);
        services.AddLibraryPart(library => library.Folders);
        services.AddSingleton(RetrieveLayer.Create);
        services.AddSingleton<DocumentStartup>();
        services.AddHostedService(provider => provider.GetRequiredService<DocumentStartup>());
    }

    private static DocumentParser Parser(DocumentParsers parsers) =>
        (path, fileName, cancellationToken) => parsers.ParseAsync(path, fileName, ParseLimits.Default, cancellationToken);

    private static void AddLibraryPart<T>(this IServiceCollection services, Func<DocumentLibrary, T> part)
        where T : class =>
        services.AddSingleton(provider => part(provider.GetRequiredService<DocumentLibrary>()));
}
