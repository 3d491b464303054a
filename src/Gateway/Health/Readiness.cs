using GenAI.Gateway.Documents;
using GenAI.Gateway.Models;
using GenAI.Pipelines.VectorStores;

namespace GenAI.Gateway.Health;

/// <summary>What still stands between this server and its work. Thread safe.</summary>
internal sealed class Readiness(ModelRegistry registry, DocumentStartup documents, VectorStoreService stores, IHostApplicationLifetime lifetime)
{
    /// <summary>What does not stand in the way of other requests and yet needs an operator.</summary>
    public IReadOnlyList<string> Warnings() => stores.Damages();

    /// <returns>Sentences for an operator; none when requests can be served.</returns>
    /// <remarks>A model that failed to load is no reason: the others and the extractive answers still work.</remarks>
    public IReadOnlyList<string> Reasons()
    {
        var reasons = new List<string>();
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            reasons.Add("The server is stopping.");
        }

        if (!registry.IsAnnounced)
        {
            reasons.Add("The model folders are being read.");
        }

        reasons.AddRange(registry.List()
            .Where(entry => entry.State == ModelState.Loading)
            .Select(entry => $"The model '{entry.Info.Id}' is loading."));
        if (!documents.Done.IsCompleted)
        {
            reasons.Add(documents.Progress is { } step ? $"Documents are being read: {step.Name}, {step.Done} of {step.Files} files; {step.Askable} can be asked by their words." : "The documents are being opened.");
        }

        return reasons;
    }
}
