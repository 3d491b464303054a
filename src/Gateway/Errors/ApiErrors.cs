namespace GenAI.Gateway.Errors;

/// <summary>The errors that more than one endpoint gives.</summary>
internal static class ApiErrors
{
    public static ApiError Invalid(string message, string? param = null, string code = "invalid_value") =>
        new(StatusCodes.Status400BadRequest, ApiErrorTypes.InvalidRequest, code, message, param);

    public static ApiError Missing(string param) =>
        Invalid($"Missing required parameter: '{param}'.", param, "missing_required_parameter");

    public static ApiError NotFound(string message, string? param = null, string code = "not_found") =>
        new(StatusCodes.Status404NotFound, ApiErrorTypes.NotFound, code, message, param);

    /// <summary>A model name that nobody registered; the message names those that are there.</summary>
    public static ApiError ModelNotFound(string model, IEnumerable<string> available) => NotFound(
        $"The model '{model}' does not exist here. Available models: {string.Join(", ", available)}.",
        "model",
        "model_not_found");

    public static ApiError Conflict(string message, string? param = null, string code = "conflict") =>
        new(StatusCodes.Status409Conflict, ApiErrorTypes.InvalidRequest, code, message, param) { ShouldRetry = false };

    public static ApiError Unauthorized(string message) =>
        new(StatusCodes.Status401Unauthorized, ApiErrorTypes.Authentication, "invalid_api_key", message);

    public static ApiError Forbidden(string message, string code = "forbidden") =>
        new(StatusCodes.Status403Forbidden, ApiErrorTypes.Permission, code, message);

    public static ApiError TooLarge(string message) => Invalid(message, code: "request_too_large");

    public static ApiError Busy(string message) =>
        new(StatusCodes.Status429TooManyRequests, ApiErrorTypes.RateLimit, "server_busy", message)
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    public static ApiError Unavailable(string message, string code = "service_unavailable") =>
        new(StatusCodes.Status503ServiceUnavailable, ApiErrorTypes.Server, code, message)
        {
            RetryAfter = TimeSpan.FromSeconds(2),
        };

    /// <summary>No retry of the SDKs' own: room comes from a person, not from waiting a second.</summary>
    public static ApiError DiskFull(string message) =>
        new(StatusCodes.Status507InsufficientStorage, ApiErrorTypes.Server, "insufficient_storage", message) { ShouldRetry = false };

    public static ApiError Stopping() =>
        Unavailable("The server stopped before the answer was finished; send the request again.", "server_stopping");

    public static ApiError Internal(string requestId) => new(
        StatusCodes.Status500InternalServerError,
        ApiErrorTypes.Server,
        "internal_error",
        $"The server failed on this request; its log has the reason under request id {requestId}.");
}
