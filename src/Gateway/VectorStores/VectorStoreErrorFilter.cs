using GenAI.Gateway.Errors;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Filters;

namespace GenAI.Gateway.VectorStores;

/// <summary>Gives failures of files and vector stores the API's shape.</summary>
internal sealed class VectorStoreErrorFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (VectorStoreException exception)
        {
            throw new ApiException(Translate(exception));
        }
        catch (FilterException exception)
        {
            throw new ApiException(ApiErrors.Invalid(exception.Message, exception.Path, "invalid_filter"));
        }
        catch (ObjectDisposedException exception) when (exception.ObjectName == nameof(IDocumentCollection))
        {
            throw new ApiException(ApiErrors.Conflict("The vector store was deleted while this was done; nothing was changed.", "vector_store_id"));
        }
    }

    private static ApiError Translate(VectorStoreException exception) => exception.Failure switch
    {
        VectorStoreFailure.NotFound => ApiErrors.NotFound(exception.Message, exception.Parameter),
        VectorStoreFailure.Expired => ApiErrors.Invalid(exception.Message, exception.Parameter, "vector_store_expired"),
        VectorStoreFailure.Unavailable => ApiErrors.Unavailable(exception.Message, "vector_store_unavailable"),
        _ => ApiErrors.Invalid(exception.Message, exception.Parameter),
    };
}
