using GenAI.Gateway.Auditing;
using GenAI.Gateway.Chain;
using GenAI.Gateway.Chat;
using GenAI.Gateway.Documents;
using GenAI.Gateway.Guarding;
using GenAI.Gateway.Health;
using GenAI.Gateway.Models;
using GenAI.Gateway.Security;
using GenAI.Gateway.Streaming;
using GenAI.Retrieval.Engine;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Hosting;

/// <summary>The composition root: every part of the server is put together here and nowhere else.</summary>
internal static class GatewayServices
{
    /// <summary>Remote models keep one client for good; connections end in time, so that a changed DNS entry is seen.</summary>
    private static readonly TimeSpan s_connectionLifetime = TimeSpan.FromMinutes(2);

    public static void AddGateway(this IServiceCollection services, GatewayPaths paths, FileCollectionStore collections)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(paths);
        services.AddGatewayOptions();
        services.AddSingleton<ApiKeyRing>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<Drain>();

        services.AddHttpClient(ModelLoader.RemoteClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = s_connectionLifetime)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton(provider =>
        {
            var registry = new ModelRegistry();
            registry.Add(ExtractiveChatClient.Info, new ExtractiveChatClient(provider.GetRequiredService<TimeProvider>()));
            return registry;
        });
        services.AddSingleton<ILocalModelFactory, LlamaModelFactory>();
        services.AddHostedService<ModelLoader>();

        services.AddMetrics();
        services.AddSingleton<GenAITelemetry>();
        services.AddSingleton(provider => new AuditLog(Path.Combine(paths.DataFolder, "audit"), provider.GetRequiredService<TimeProvider>()));

        // From the inside out: the guard stands around retrieval.
        services.AddDocuments(paths, collections);
        services.AddSingleton(GuardLayer.Create);
        services.AddSingleton<IChatClient>(ChatChain.Build);
        services.AddSingleton<ChatCallFactory>();
        services.AddSingleton<ChatStreamer>();
    }

    private static void AddGatewayOptions(this IServiceCollection services)
    {
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
        services.AddOptions<CrossOriginOptions>().BindConfiguration(CrossOriginOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CrossOriginOptions>, CrossOriginOptionsValidator>();
        services.AddOptions<LimitsOptions>().BindConfiguration(LimitsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitsOptions>, LimitsOptionsValidator>();
        services.AddOptions<StreamingOptions>().BindConfiguration(StreamingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StreamingOptions>, StreamingOptionsValidator>();
        services.AddOptions<DocumentsOptions>().BindConfiguration(DocumentsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DocumentsOptions>, DocumentsOptionsValidator>();
        services.AddOptions<GuardrailsOptions>().BindConfiguration(GuardrailsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GuardrailsOptions>, GuardrailsOptionsValidator>();
        services.AddOptions<ModelsOptions>().BindConfiguration(ModelsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelsOptions>, ModelsOptionsValidator>();
    }
}
