using GenAI.Gateway.Chat;
using GenAI.Gateway.Console;
using GenAI.Gateway.Embeddings;
using GenAI.Gateway.Errors;
using GenAI.Gateway.Files;
using GenAI.Gateway.Health;
using GenAI.Gateway.Jobs;
using GenAI.Gateway.Models;
using GenAI.Gateway.Security;
using GenAI.Gateway.VectorStores;

namespace GenAI.Gateway.Hosting;

/// <summary>The way of an HTTP request: id and time, errors, origin, page, key, then the endpoint.</summary>
internal static class GatewayPipeline
{
    public static void UseGateway(this WebApplication app)
    {
        app.UseMiddleware<RequestHeadersMiddleware>();
        app.UseMiddleware<ApiErrorMiddleware>();
        app.UseMiddleware<CrossOriginMiddleware>();
        app.UseConsole();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.UseRouting();

        app.MapHealth();
        app.MapModels();
        app.MapChatCompletions();
        app.MapEmbeddings();
        app.MapFiles();
        app.MapVectorStores();
        app.MapJobs();
    }
}
