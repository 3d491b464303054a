using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using GenAI.Gateway.Errors;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Models;

/// <summary>The models of this server by name, aliases included. Thread safe; names are compared as they are written.</summary>
internal sealed class ModelRegistry
{
    private readonly ConcurrentDictionary<string, ModelEntry> _entries = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds a model whose file was seen but is not loaded yet.</summary>
    /// <returns>The entry to complete; an existing one when the name is taken.</returns>
    public ModelEntry Announce(ModelInfo info) => _entries.GetOrAdd(info.Id, _ => new ModelEntry(info));

    public void Add(ModelInfo info, IChatClient chat) => Announce(info).SetReady(info, chat);

    public void Add(ModelInfo info, IEmbeddingGenerator<string, Embedding<float>> embedder) => Announce(info).SetReady(info, embedder);

    /// <summary>Says that every model of the configuration has been announced.</summary>
    public void CompleteAnnouncing() => _announced.TrySetResult();

    /// <summary>Waits until every model has a name here; loading may still go on.</summary>
    public Task WhenAnnouncedAsync(CancellationToken cancellationToken) => _announced.Task.WaitAsync(cancellationToken);

    public bool IsAnnounced => _announced.Task.IsCompleted;

    public IReadOnlyList<ModelEntry> List() => [.. _entries.Values.OrderBy(entry => entry.Info.Kind).ThenBy(entry => entry.Info.Id, StringComparer.Ordinal)];

    public bool TryGet(string id, [NotNullWhen(true)] out ModelEntry? entry) => _entries.TryGetValue(id, out entry);

    /// <summary>The model a request names; an alias gives its own entry.</summary>
    /// <exception cref="ApiException">404, naming the models that are there.</exception>
    public ModelEntry Get(string id) => TryGet(id, out var entry)
        ? entry
        : throw new ApiException(ApiErrors.ModelNotFound(id, List().Select(known => known.Info.Id)));

    /// <summary>Follows an alias to the model that does the work.</summary>
    public ModelEntry Resolve(ModelEntry entry) => entry.Info.AliasOf is { } target ? Get(target) : entry;

    /// <summary>Waits until nothing is loading any more.</summary>
    public async Task WhenLoadedAsync(CancellationToken cancellationToken)
    {
        await _announced.Task.WaitAsync(cancellationToken);
        await Task.WhenAll(_entries.Values.Select(entry => entry.Loaded)).WaitAsync(cancellationToken);
    }
}
