using System.Net;
using GenAI.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Security;

/// <summary>
/// Answers CORS, and keeps web pages out of a server that asks for no key: a page of another origin may not call it,
/// and a host name that an attacker pointed at 127.0.0.1 (DNS rebinding) is not served.
/// </summary>
internal sealed class CrossOriginMiddleware(RequestDelegate next, ApiKeyRing keys, IOptions<CrossOriginOptions> options)
{
    private const string ExposedHeaders =
        "x-request-id, openai-processing-ms, openai-version, openai-poll-after-ms, retry-after, retry-after-ms, x-should-retry, " +
        "x-genai-model, x-genai-guardrails, x-genai-answer-policy, x-genai-queue-ms, " +
        "x-ratelimit-limit-requests, x-ratelimit-remaining-requests, x-ratelimit-reset-requests";

    private readonly HashSet<string> _origins = new(options.Value.AllowedOrigins, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _hosts = new(options.Value.AllowedHosts, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (keys.IsEmpty && !IsOwnHost(request.Host.Host))
        {
            throw new ApiException(ApiErrors.Forbidden(
                $"The host name '{request.Host.Host}' is not served without an API key. Use localhost, or add it to Cors:AllowedHosts.",
                "host_not_allowed"));
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return IsBlindCrossSite(request) ? throw new ApiException(OriginRefused("a page of another site")) : next(context);
        }

        if (IsSameOrigin(origin, request))
        {
            return next(context);
        }

        if (_origins.Contains(origin) || _origins.Contains("*"))
        {
            return AllowAsync(context, origin);
        }

        throw new ApiException(OriginRefused($"the origin '{origin}'"));
    }

    private Task AllowAsync(HttpContext context, string origin)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.Vary = "Origin";
        headers.AccessControlExposeHeaders = ExposedHeaders;
        if (!HttpMethods.IsOptions(context.Request.Method) || !context.Request.Headers.ContainsKey("Access-Control-Request-Method"))
        {
            return next(context);
        }

        headers.AccessControlAllowMethods = "GET, POST, DELETE, OPTIONS";
        headers.AccessControlAllowHeaders = context.Request.Headers["Access-Control-Request-Headers"];
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private bool IsOwnHost(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
        || _hosts.Contains(host);

    private static bool IsSameOrigin(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && Uri.TryCreate($"{uri.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own)
        && string.Equals(uri.Authority, own.Authority, StringComparison.OrdinalIgnoreCase);

    // A form post or an <img> of another site carries no readable answer back, yet would run; navigation to the console is fine.
    private static bool IsBlindCrossSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "cross-site" && request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase);

    private static ApiError OriginRefused(string who) => ApiErrors.Forbidden(
        $"Web pages of {who} may not call this server. Add the origin to Cors:AllowedOrigins to allow it.", "origin_not_allowed");
}
