using GenAI.Gateway.Chat;
using GenAI.Gateway.Hosting;
using GenAI.Guardrails;

namespace GenAI.Gateway.Errors;

/// <summary>Gives every failure of the API one shape, wrong paths and methods included.</summary>
internal sealed partial class ApiErrorMiddleware(RequestDelegate next, Drain drain, ILogger<ApiErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; 499 only shows in logs, and a status that was sent already stands.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }

            return;
        }
        catch (OperationCanceledException) when (drain.Over.IsCancellationRequested && !context.Response.HasStarted)
        {
            await ApiErrorWriter.WriteAsync(context, ApiErrors.Stopping());
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted) // the one place where any failure becomes a response
        {
            await WriteAsync(context, exception);
            return;
        }

        if (!context.Response.HasStarted && RouteError(context) is { } error)
        {
            await ApiErrorWriter.WriteAsync(context, error);
        }
    }

    private async Task WriteAsync(HttpContext context, Exception exception)
    {
        var error = ExceptionTranslator.TryTranslate(exception);
        if (error is null)
        {
            LogFailure(exception, context.TraceIdentifier);
            error = ApiErrors.Internal(context.TraceIdentifier);
        }

        if (exception is GuardrailBlockedException blocked)
        {
            ChatHeaders.SetVerdicts(context.Response.Headers, blocked.Verdicts);
        }

        await ApiErrorWriter.WriteAsync(context, error);
    }

    private static ApiError? RouteError(HttpContext context) => context.Response switch
    {
        { StatusCode: StatusCodes.Status404NotFound, ContentLength: null, ContentType: null } => ApiErrors.NotFound(
            $"Unknown request URL: {context.Request.Method} {context.Request.Path}. Check the URL for typos.",
            code: "unknown_url"),
        { StatusCode: StatusCodes.Status405MethodNotAllowed } => new ApiError(
            StatusCodes.Status405MethodNotAllowed,
            ApiErrorTypes.InvalidRequest,
            "method_not_allowed",
            $"{context.Request.Method} is not allowed on {context.Request.Path}; allowed: {context.Response.Headers.Allow}."),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new ApiError(
            StatusCodes.Status415UnsupportedMediaType,
            ApiErrorTypes.InvalidRequest,
            "unsupported_media_type",
            $"The content type '{context.Request.ContentType}' is not understood here."),
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed")]
    private partial void LogFailure(Exception exception, string requestId);
}
