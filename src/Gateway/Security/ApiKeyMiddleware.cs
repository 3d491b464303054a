using GenAI.Gateway.Errors;

namespace GenAI.Gateway.Security;

/// <summary>Turns a key into a <see cref="Principal"/>. Health and the console's files are open; everything under /v1 is not.</summary>
internal sealed class ApiKeyMiddleware(RequestDelegate next, ApiKeyRing keys)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (keys.IsEmpty || !context.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        var secret = ReadKey(context.Request.Headers);
        if (secret is null)
        {
            throw new ApiException(ApiErrors.Unauthorized(
                "This server asks for an API key: send it as 'Authorization: Bearer KEY' (the SDKs' api_key)."));
        }

        var principal = keys.Find(secret)
            ?? throw new ApiException(ApiErrors.Unauthorized("Incorrect API key provided; it is not among the keys of this server."));
        context.Features.Set(principal);
        return next(context);
    }

    private static string? ReadKey(IHeaderDictionary headers)
    {
        const string Scheme = "Bearer ";
        var authorization = headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[Scheme.Length..].Trim();
        }

        // Anthropic's and Azure's clients have their own header names.
        return headers["x-api-key"].FirstOrDefault() ?? headers["api-key"].FirstOrDefault();
    }
}
