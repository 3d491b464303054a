using Microsoft.Extensions.FileProviders;

namespace GenAI.Gateway.Console;

/// <summary>Serves the web console at <c>/</c> from the folder <c>wwwroot</c> beside the program, or a page that says how to get it.</summary>
internal static class ConsoleEndpoints
{
    /// <summary>The page runs and loads nothing but its own files: an answer or a document cannot bring a script along.</summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds the page. Place it before authentication: the page itself asks for the key that the API wants.</summary>
    public static void UseConsole(this IApplicationBuilder app) => app.UseConsole(Path.Combine(AppContext.BaseDirectory, "wwwroot"));

    internal static void UseConsole(this IApplicationBuilder app, string folder)
    {
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            app.UseMiddleware<MissingConsoleMiddleware>();
            return;
        }

        // The provider lives as long as the program.
        var files = new PhysicalFileProvider(folder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = static served => Protect(served.Context.Response.Headers),
        });
    }

    internal static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";

        // File names stay the same from build to build: each load asks by ETag.
        headers.CacheControl = "no-cache";
    }
}
