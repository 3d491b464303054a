using System.Text.Json;
using GenAI.Generation;
using GenAI.Generation.Structured;
using GenAI.Generation.Templates;
using GenAI.Guardrails;
using GenAI.Pipelines.Storage;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Filters;

namespace GenAI.Gateway.Errors;

/// <summary>Decides what a caller learns of an exception. What is not listed here becomes a plain 500.</summary>
internal static class ExceptionTranslator
{
    /// <returns>Null when the exception's message is not meant for callers.</returns>
    public static ApiError? TryTranslate(Exception exception) => exception switch
    {
        ApiException api => api.Error,
        GuardrailBlockedException blocked => new ApiError(
            StatusCodes.Status400BadRequest, ApiErrorTypes.InvalidRequest, "content_policy_violation", blocked.Message)
        {
            ShouldRetry = false,
        },
        GenerationException generation => Translate(generation),
        ChatTemplateException template => ApiErrors.Invalid(
            $"The model's chat template refused these messages: {template.Message}", "messages", "invalid_messages"),
        UnsupportedSchemaException schema => ApiErrors.Invalid(schema.Message, "response_format", "unsupported_schema"),
        VectorStoreException store => Translate(store),
        FilterException filter => ApiErrors.Invalid(filter.Message, filter.Path, "invalid_filter"),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiErrors.TooLarge(
            "The request body is larger than this server takes. Send less, or raise Limits:MaxRequestBytes."),
        BadHttpRequestException bad => ApiErrors.Invalid(bad.Message, code: "bad_request"),
        JsonException json => InvalidJson(json),
        _ when StorageFullException.IsCauseOf(exception) => ApiErrors.DiskFull(new StorageFullException(exception).Message),
        _ => null,
    };

    /// <summary>Says where the JSON broke, counted as editors count: from 1.</summary>
    public static ApiError InvalidJson(JsonException exception) => ApiErrors.Invalid(
        $"The request body is not valid JSON: it breaks at line {(exception.LineNumber ?? 0) + 1}, byte {(exception.BytePositionInLine ?? 0) + 1}.",
        code: "invalid_json");

    private static ApiError Translate(GenerationException exception) => exception.Failure switch
    {
        GenerationFailure.Busy => ApiErrors.Busy(exception.Message),
        GenerationFailure.ContextLengthExceeded => ApiErrors.Invalid(
            WithOverflowCode(exception.Message), "messages", "context_length_exceeded") with
        {
            PromptTokens = exception.PromptTokens,
            ContextTokens = exception.ContextTokens,
        },
        GenerationFailure.InvalidRequest => ApiErrors.Invalid(exception.Message),
        GenerationFailure.ModelUnavailable => ApiErrors.Unavailable(exception.Message, "model_unavailable"),
        GenerationFailure.Upstream => FromUpstream(exception),
        _ => new ApiError(StatusCodes.Status500InternalServerError, ApiErrorTypes.Server, "engine_error", exception.Message),
    };

    private static ApiError Translate(VectorStoreException exception) => exception.Failure switch
    {
        VectorStoreFailure.NotFound => ApiErrors.NotFound(exception.Message, exception.Parameter),
        VectorStoreFailure.Unavailable => ApiErrors.Unavailable(exception.Message),
        VectorStoreFailure.Expired => ApiErrors.Invalid(exception.Message, exception.Parameter, "vector_store_expired"),
        _ => ApiErrors.Invalid(exception.Message, exception.Parameter),
    };

    // LangChain finds an overflow by looking for the code in the exception's text.
    private static string WithOverflowCode(string message) =>
        message.Contains("context_length_exceeded", StringComparison.Ordinal) ? message : $"{message} (context_length_exceeded)";

    private static ApiError FromUpstream(GenerationException exception) => exception.UpstreamStatus switch
    {
        StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status422UnprocessableEntity =>
            ApiErrors.Invalid(exception.Message, code: "upstream_refused"),
        StatusCodes.Status429TooManyRequests => ApiErrors.Busy(exception.Message),
        _ => new ApiError(StatusCodes.Status502BadGateway, ApiErrorTypes.Server, "upstream_error", exception.Message),
    };
}
