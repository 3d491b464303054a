using GenAI.Gateway.Json;

namespace GenAI.Gateway.Models;

/// <summary><c>/v1/models</c>: polled by chat front ends, so it never waits for a model to load.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/models", ListAsync);
        endpoints.MapGet("/v1/models/{**id}", GetAsync);
    }

    private static Task ListAsync(HttpContext context, ModelRegistry registry) => JsonResponse.WriteAsync(
        context.Response,
        registry.List(),
        static (json, entries) =>
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            json.WriteStartArray("data"u8);
            foreach (var entry in entries)
            {
                ModelJson.Write(json, entry);
            }

            json.WriteEndArray();

            // Anthropic's SDK pages through this list; it ends here.
            json.WriteBoolean("has_more"u8, false);
            json.WriteString("first_id"u8, entries.Count > 0 ? entries[0].Info.Id : null);
            json.WriteString("last_id"u8, entries.Count > 0 ? entries[^1].Info.Id : null);
            json.WriteEndObject();
        },
        context.RequestAborted);

    private static Task GetAsync(string id, HttpContext context, ModelRegistry registry) =>
        JsonResponse.WriteAsync(context.Response, registry.Get(id), static (json, entry) => ModelJson.Write(json, entry), context.RequestAborted);
}
