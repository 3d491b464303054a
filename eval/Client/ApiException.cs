using System.Net;

namespace GenAI.Eval.Client;

/// <summary>The server refused a request.</summary>
internal sealed class ApiException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
