using GenAI.Gateway.Auditing;
using GenAI.Gateway.Errors;
using GenAI.Gateway.Json;
using GenAI.Gateway.Models;
using GenAI.Gateway.Security;
using GenAI.Generation.Llama;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Embeddings;

/// <summary><c>POST /v1/embeddings</c>.</summary>
internal static class EmbeddingsEndpoint
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static void MapEmbeddings(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/v1/embeddings", HandleAsync);

    private static async Task HandleAsync(HttpContext context, ModelRegistry registry, AuditLog audit, TimeProvider clock)
    {
        var cancellationToken = context.RequestAborted;
        EmbeddingsRequest request;
        using (var body = await JsonBody.ReadObjectAsync(context.Request, cancellationToken))
        {
            request = EmbeddingsRequestReader.Read(body.RootElement);
        }

        var start = clock.GetTimestamp();
        var entry = registry.Resolve(registry.Get(request.Model));
        if (entry.Info.Kind != ModelKind.Embedding)
        {
            throw new ApiException(ApiErrors.Invalid(
                $"The model '{request.Model}' does not make embeddings. Models that do: {EmbedderNames(registry)}.", "model", "model_not_supported"));
        }

        await ModelAvailability.EnsureReadyAsync(entry, s_patience, clock, cancellationToken);
        var outcome = "failed";
        GeneratedEmbeddings<Embedding<float>>? embeddings = null;
        try
        {
            embeddings = await GenerateAsync(request, entry, cancellationToken);
            outcome = "completed";
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            audit.Append(Entry(context, entry, outcome, embeddings?.Usage?.InputTokenCount, clock.GetElapsedTime(start), clock));
        }

        context.Response.Headers["x-genai-model"] = entry.Info.Id;
        await JsonResponse.WriteAsync(
            context.Response, (request, embeddings), static (json, state) => EmbeddingsJson.Write(json, state.request, state.embeddings), cancellationToken);
    }

    private static Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(EmbeddingsRequest request, ModelEntry entry, CancellationToken cancellationToken)
    {
        var generator = entry.Embedder!; // ready and of this kind
        var options = new EmbeddingGenerationOptions
        {
            Dimensions = request.Dimensions,
            AdditionalProperties = request.IsQuery ? new AdditionalPropertiesDictionary { [LlamaEmbeddingGenerator.InputKind] = "query" } : null,
        };
        var texts = request.Texts ?? TokenInputs.ToTexts(request.Tokens!, generator, request.Model); // one of the two is set
        return generator.GenerateAsync(texts, options, cancellationToken);
    }

    private static AuditEntry Entry(HttpContext context, ModelEntry entry, string outcome, long? tokens, TimeSpan duration, TimeProvider clock)
    {
        var principal = Principal.Of(context);
        return new AuditEntry
        {
            Time = clock.GetUtcNow(),
            RequestId = context.TraceIdentifier,
            Principal = principal.Name,
            Tenant = principal.Tenant,
            Operation = "embeddings",
            Model = entry.Info.Id,
            Outcome = outcome,
            InputTokens = tokens ?? 0,
            UsageSource = tokens is null ? "none" : "engine",
            Duration = duration,
        };
    }

    private static string EmbedderNames(ModelRegistry registry)
    {
        var names = registry.List().Where(entry => entry.Info.Kind == ModelKind.Embedding).Select(entry => entry.Info.Id).ToList();
        return names.Count > 0 ? string.Join(", ", names) : "none is loaded";
    }
}
