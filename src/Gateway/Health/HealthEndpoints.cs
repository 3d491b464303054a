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
            reasons,
            static (json, reasons) =>
            {
                json.WriteStartObject();
                json.WriteString("status"u8, reasons.Count == 0 ? "ready"u8 : "not_ready"u8);
                json.WriteStartArray("reasons"u8);
                foreach (var reason in reasons)
                {
                    json.WriteStringValue(reason);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            },
            context.RequestAborted);
    }
}
