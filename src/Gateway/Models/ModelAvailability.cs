using GenAI.Gateway.Errors;

namespace GenAI.Gateway.Models;

/// <summary>Waits for a model that is still loading, so that the first request after a start is slow and not an error.</summary>
internal static class ModelAvailability
{
    /// <exception cref="ApiException">503 when the model failed to load or takes longer than <paramref name="patience"/>.</exception>
    public static async Task EnsureReadyAsync(ModelEntry entry, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (entry.State == ModelState.Loading)
        {
            try
            {
                await entry.Loaded.WaitAsync(patience, clock, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new ApiException(ApiErrors.Unavailable($"The model '{entry.Info.Id}' is still loading; try again shortly.", "model_loading"));
            }
        }

        if (entry.State == ModelState.Failed)
        {
            throw new ApiException(ApiErrors.Unavailable(
                $"The model '{entry.Info.Id}' could not be loaded: {entry.Failure}", "model_unavailable") with
            {
                RetryAfter = null,
                ShouldRetry = false,
            });
        }
    }
}
