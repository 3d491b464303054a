using System.Text.Json;
using System.Text.Json.Nodes;

namespace GenAI.Eval.Client;

/// <summary>Documents loaded into a vector store of the server under test, and removed again afterwards.</summary>
internal sealed class Library : IAsyncDisposable
{
    private const int FilesPerBatch = 500;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly ApiClient _client;
    private readonly Dictionary<string, string> _documents = new(StringComparer.Ordinal);

    private Library(ApiClient client, string storeId)
    {
        _client = client;
        StoreId = storeId;
    }

    public string StoreId { get; }

    /// <summary>Time from the first upload until the last document could be searched.</summary>
    public TimeSpan LoadTime { get; private set; }

    /// <summary>Documents that the server could not take, with its reasons.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>The document a file of the server was made from; the file's own id when it is none of ours.</summary>
    public string DocumentOf(string fileId) => _documents.GetValueOrDefault(fileId, fileId);

    /// <summary>Uploads documents and waits until all of them can be searched. What was made until then goes again when it fails.</summary>
    public static async Task<Library> LoadAsync(
        ApiClient client,
        string name,
        IReadOnlyList<LibraryDocument> documents,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var started = client.Time.GetTimestamp();
        var store = await client.PostAsync("vector_stores", new JsonObject { ["name"] = "eval " + name }, cancellationToken);
        var library = new Library(client, store.GetProperty("id").GetString()!);
        try
        {
            await library.UploadAsync(documents, progress, cancellationToken);
        }
        catch
        {
            await library.RemoveAfterErrorAsync();
            throw;
        }

        library.LoadTime = client.Time.GetElapsedTime(started);
        return library;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DeleteAsync("vector_stores/" + StoreId, CancellationToken.None);
        foreach (var id in _documents.Keys)
        {
            await _client.DeleteAsync("files/" + id, CancellationToken.None);
        }
    }

    private async Task UploadAsync(IReadOnlyList<LibraryDocument> documents, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        foreach (var batch in documents.Chunk(FilesPerBatch))
        {
            var ids = new JsonArray();
            foreach (var document in batch)
            {
                await using var content = document.Open();
                var file = await _client.UploadAsync(document.FileName, content, cancellationToken);
                var id = file.GetProperty("id").GetString()!;
                _documents[id] = document.Id;
                ids.Add(id);
            }

            await IndexAsync(ids, cancellationToken);
            progress?.Report((double)_documents.Count / documents.Count);
        }
    }

    /// <summary>Best effort: the server may be what failed, and the first failure is the one to tell.</summary>
    private async Task RemoveAfterErrorAsync()
    {
        try
        {
            await DisposeAsync();
        }
        catch (Exception exception) when (exception is EvalException or ApiException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"eval: the vector store {StoreId} could not be removed from the server: {exception.Message}");
        }
    }

    private async Task IndexAsync(JsonArray ids, CancellationToken cancellationToken)
    {
        var path = $"vector_stores/{StoreId}/file_batches";
        var batch = await _client.PostAsync(path, new JsonObject { ["file_ids"] = ids }, cancellationToken);
        var batchPath = $"{path}/{batch.GetProperty("id").GetString()}";
        while (batch.GetProperty("file_counts").GetProperty("in_progress").GetInt32() > 0)
        {
            await Task.Delay(PollInterval, _client.Time, cancellationToken);
            batch = await _client.GetAsync(batchPath, cancellationToken);
        }

        if (batch.GetProperty("file_counts").GetProperty("failed").GetInt32() > 0)
        {
            await CollectFailuresAsync(batchPath, cancellationToken);
        }
    }

    private async Task CollectFailuresAsync(string batchPath, CancellationToken cancellationToken)
    {
        var failed = await _client.GetAsync(batchPath + "/files?filter=failed&limit=100", cancellationToken);
        foreach (var file in failed.GetProperty("data").EnumerateArray())
        {
            var reason = file.TryGetProperty("last_error", out var error) && error.ValueKind == JsonValueKind.Object
                ? error.GetProperty("message").GetString()
                : "no reason given";
            Failures.Add($"{DocumentOf(file.GetProperty("id").GetString()!)}: {reason}");
        }
    }
}
