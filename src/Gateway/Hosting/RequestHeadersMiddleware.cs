using System.Globalization;

namespace GenAI.Gateway.Hosting;

/// <summary>Gives every request an id and every response the headers by which it can be found and timed.</summary>
internal sealed class RequestHeadersMiddleware(RequestDelegate next, TimeProvider clock)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.TraceIdentifier = $"req_{Guid.NewGuid():N}";
        var start = clock.GetTimestamp();
        context.Response.Headers["x-request-id"] = context.TraceIdentifier;
        context.Response.Headers["openai-version"] = "2020-10-01";
        context.Response.OnStarting(
            static state =>
            {
                var (context, clock, start) = ((HttpContext, TimeProvider, long))state;
                context.Response.Headers["openai-processing-ms"] =
                    ((long)clock.GetElapsedTime(start).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            },
            (context, clock, start));
        return next(context);
    }
}
