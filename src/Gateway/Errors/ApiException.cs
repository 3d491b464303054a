namespace GenAI.Gateway.Errors;

/// <summary>Ends a request with an error that the caller may read. Throw it from any endpoint; the middleware writes it.</summary>
internal sealed class ApiException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}
