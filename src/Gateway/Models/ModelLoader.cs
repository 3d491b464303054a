using GenAI.Generation;
using GenAI.Generation.Catalogue;
using GenAI.Generation.Remote;
using GenAI.Gateway.Hosting;
using GenAI.Retrieval.Answers;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Models;

/// <summary>Fills the registry after the server has begun to listen: names first, then the models one after the other.</summary>
internal sealed partial class ModelLoader(
    ModelRegistry registry,
    GatewayPaths paths,
    IOptions<ModelsOptions> options,
    IEnumerable<ILocalModelFactory> factories,
    IHttpClientFactory http,
    ILogger<ModelLoader> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        List<(Generation.Catalogue.ModelEntry File, ModelEntry Entry)> local = [];
        try
        {
            local = AnnounceLocal();
            AddRemote();
            AddAliases();
        }
        finally
        {
            registry.CompleteAnnouncing();
        }

        // Embedders first: documents wait for them, and they are small.
        foreach (var (file, entry) in local.OrderByDescending(pair => pair.Entry.Info.Kind == ModelKind.Embedding).ThenBy(pair => pair.File.SizeInBytes))
        {
            await LoadAsync(file, entry, stoppingToken);
        }
    }

    private List<(Generation.Catalogue.ModelEntry File, ModelEntry Entry)> AnnounceLocal()
    {
        var catalogue = new ModelCatalogue(paths.ModelFolders);
        return [.. catalogue.List().Select(file => (file, registry.Announce(InfoOf(file))))];
    }

    private ModelInfo InfoOf(Generation.Catalogue.ModelEntry file) => new(file.Id, file.Kind == Generation.Catalogue.ModelKind.Embedding ? ModelKind.Embedding : ModelKind.Chat)
    {
        DisplayName = file.Metadata is { Name.Length: > 0 } named ? named.Name : file.Id,
        Created = new DateTimeOffset(File.GetLastWriteTimeUtc(file.Files[0]), TimeSpan.Zero),
        ContextTokens = file.Metadata is { ContextTokens: > 0 } metadata ? metadata.ContextTokens : null,
        SizeBytes = file.SizeInBytes,
        ParameterCount = file.ParameterCount > 0 ? file.ParameterCount : null,
        Architecture = file.Metadata?.Architecture,
        Quantisation = file.Metadata?.Quantisation,
        Dimensions = file.Kind == Generation.Catalogue.ModelKind.Embedding ? file.Metadata?.EmbeddingLength : null,
        Capabilities = file.Kind == Generation.Catalogue.ModelKind.Embedding ? ["embeddings"] : ["chat", "tools", "json_schema", "file_search"],
        AnswerPolicy = file.Kind == Generation.Catalogue.ModelKind.Embedding ? null : PolicyOf(file.Id),
    };

    private async Task LoadAsync(Generation.Catalogue.ModelEntry file, ModelEntry entry, CancellationToken cancellationToken)
    {
        if (file.Problem is { } problem)
        {
            entry.SetFailed(problem);
            LogFailed(file.Id, problem);
            return;
        }

        try
        {
            var factory = factories.FirstOrDefault() ?? throw new GenerationException(
                GenerationFailure.ModelUnavailable, "This build has no engine for local models.");
            await factory.LoadAsync(file, entry, cancellationToken);
            LogReady(file.Id);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            entry.SetFailed("The server is stopping.");
        }
#pragma warning disable CA1031 // One model that cannot be loaded must not stop the others, nor the server.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            entry.SetFailed(exception is GenerationException ? exception.Message : $"Loading failed ({exception.GetType().Name}); the log has the reason.");
            LogLoadFailure(exception, file.Id);
        }
    }

    private void AddRemote()
    {
        foreach (var settings in options.Value.Remote)
        {
            var remote = new RemoteModelOptions
            {
                Name = settings.Name,
                BaseUrl = new Uri(settings.BaseUrl),
                UpstreamModel = settings.UpstreamModel,
                ApiKey = settings.ApiKeyEnv is { } variable ? Environment.GetEnvironmentVariable(variable) : null,
            };
            var info = new ModelInfo(settings.Name, settings.Kind)
            {
                OwnedBy = remote.BaseUrl.Host,
                ContextTokens = settings.ContextTokens,
                Dimensions = settings.Dimensions,
                Capabilities = settings.Kind == ModelKind.Embedding ? ["embeddings"] : ["chat", "tools", "file_search"],
                AnswerPolicy = settings.Kind == ModelKind.Embedding ? null : PolicyOf(settings.Name),
            };
            var client = http.CreateClient(RemoteClientName);
            if (settings.Kind == ModelKind.Embedding)
            {
                registry.Add(info, new RemoteEmbeddingGenerator(client, remote));
            }
            else
            {
                registry.Add(info, new RemoteChatClient(client, remote));
            }
        }
    }

    private void AddAliases()
    {
        foreach (var (name, alias) in options.Value.Aliases)
        {
            var entry = registry.Announce(new ModelInfo(name, ModelKind.Chat)
            {
                AliasOf = alias.Model,
                VectorStoreIds = [.. alias.VectorStoreIds],
                AnswerPolicy = alias.AnswerPolicy,
            });
            if (registry.TryGet(alias.Model, out var target))
            {
                _ = FollowAsync(entry, target);
            }
            else
            {
                entry.SetFailed($"It stands for the model '{alias.Model}', which is not there.");
            }
        }
    }

    private static async Task FollowAsync(ModelEntry alias, ModelEntry target)
    {
        await target.Loaded;
        if (target.Chat is { } chat)
        {
            var facts = target.Info;
            alias.SetReady(
                facts with
                {
                    Id = alias.Info.Id,
                    DisplayName = null,
                    AliasOf = facts.Id,
                    VectorStoreIds = alias.Info.VectorStoreIds,
                    AnswerPolicy = alias.Info.AnswerPolicy ?? facts.AnswerPolicy,
                },
                chat);
        }
        else
        {
            alias.SetFailed(target.Failure ?? $"It stands for the model '{target.Info.Id}', which does not chat.");
        }
    }

    private string PolicyOf(string model) => AnswerPolicyDefaults.For(model, options.Value.AnswerPolicies.ToDictionary(StringComparer.Ordinal));

    public const string RemoteClientName = "remote-models";

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} is ready")]
    private partial void LogReady(string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Model {Model} cannot be used: {Reason}")]
    private partial void LogFailed(string model, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model {Model} could not be loaded")]
    private partial void LogLoadFailure(Exception exception, string model);
}
