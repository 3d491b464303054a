using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Models;

/// <summary>A model of the registry, from the moment its file was seen. Thread safe.</summary>
internal sealed class ModelEntry(ModelInfo info)
{
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ModelInfo _info = info;
    private IChatClient? _chat;
    private IEmbeddingGenerator<string, Embedding<float>>? _embedder;
    private string? _failure;

    /// <summary>Grows richer when the file has been read.</summary>
    public ModelInfo Info => _info;

    public ModelState State => !_loaded.Task.IsCompleted
        ? ModelState.Loading
        : _failure is null ? ModelState.Ready : ModelState.Failed;

    /// <summary>Why it cannot be used, when it failed.</summary>
    public string? Failure => _failure;

    /// <summary>Ends when the model is ready or has failed; never throws.</summary>
    public Task Loaded => _loaded.Task;

    public IChatClient? Chat => State == ModelState.Ready ? _chat : null;

    public IEmbeddingGenerator<string, Embedding<float>>? Embedder => State == ModelState.Ready ? _embedder : null;

    public void SetReady(ModelInfo info, IChatClient chat)
    {
        (_info, _chat) = (info, chat);
        _loaded.TrySetResult();
    }

    public void SetReady(ModelInfo info, IEmbeddingGenerator<string, Embedding<float>> embedder)
    {
        (_info, _embedder) = (info, embedder);
        _loaded.TrySetResult();
    }

    public void SetFailed(string reason)
    {
        _failure = reason;
        _loaded.TrySetResult();
    }
}
