using System.Text.Json;
using GenAI.Gateway.Json;

namespace GenAI.Gateway.Health;

/// <summary>Liveness says that the process answers; readiness says that it can do its work, and if not, why not.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", static () => Results.Text("ok"));
        endpoints.MapGet("/health/ready", ReadyAsync);
        endpoints.MapGet("/health", ReadyAsync);
    }

    private static Task ReadyAsync(HttpContext context, Readiness readiness)
    {
        var reasons = readiness.Reasons();
        context.Response.StatusCode = reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        return JsonResponse.WriteAsync(
            context.Response,
            (Reasons: reasons, Warnings: readiness.Warnings()),
            static (json, found) =>
            {
                json.WriteStartObject();
                json.WriteString("status"u8, found.Reasons.Count == 0 ? "ready"u8 : "not_ready"u8);
                Write(json, "reasons", found.Reasons);
                Write(json, "warnings", found.Warnings);
                json.WriteEndObject();
            },
            context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> sentences)
    {
        json.WriteStartArray(name);
        foreach (var sentence in sentences)
        {
            json.WriteStringValue(sentence);
        }

        json.WriteEndArray();
    }
}
