namespace GenAI.Gateway.Console;

/// <summary>Stands at <c>/</c> when the console was not built, and says so.</summary>
internal sealed class MissingConsoleMiddleware(RequestDelegate next)
{
    private const string Resource = "GenAI.Gateway.Console.no-console.html";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path != "/" || !HttpMethods.IsGet(context.Request.Method))
        {
            await next(context);
            return;
        }

        ConsoleEndpoints.Protect(context.Response.Headers);
        context.Response.ContentType = "text/html; charset=utf-8";
        await using var page = typeof(MissingConsoleMiddleware).Assembly.GetManifestResourceStream(Resource)!; // embedded by the build
        await page.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
