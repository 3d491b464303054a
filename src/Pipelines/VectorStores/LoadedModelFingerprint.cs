using GenAI.Pipelines.Ingestion;
using Microsoft.Extensions.Logging;

namespace GenAI.Pipelines.VectorStores;

/// <summary>The fingerprint of the model that is loaded, made once. Safe for concurrent use.</summary>
internal sealed partial class LoadedModelFingerprint(TimeProvider time, ILogger<LoadedModelFingerprint> logger)
{
    /// <summary>For its one text: a model that does not answer must not hold up the start, nor a new store.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    // Two callers may both ask the model; they find the same.
    private volatile Known? _known;

    /// <returns>Empty when the model does not answer: it is then told by its name alone.</returns>
    public async Task<string> OfAsync(EmbeddingModel model, CancellationToken cancellationToken)
    {
        if (_known is { } known && ReferenceEquals(known.Generator, model.Generator))
        {
            return known.Fingerprint;
        }

        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var fingerprint = await ModelFingerprint.OfAsync(model, either.Token);
            _known = new Known(model.Generator, fingerprint);
            return fingerprint;
        }
#pragma warning disable CA1031 // whatever keeps the model from answering, its stores are then told by its name alone
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNoFingerprint(exception, model.Name);
            return "";
        }
    }

    private sealed record Known(object Generator, string Fingerprint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The embedding model '{Model}' did not embed a text; whether it is the one that stores were embedded with is told by its name alone")]
    private partial void LogNoFingerprint(Exception exception, string model);
}
