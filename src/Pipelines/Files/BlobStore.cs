using System.Buffers;
using System.Security.Cryptography;
using GenAI.Pipelines.Storage;

namespace GenAI.Pipelines.Files;

/// <summary>Bytes on disk, named by their SHA-256: the same content is kept once.</summary>
/// <remarks>
/// Content is written and flushed under a temporary name, moved to its own, and flushed again (on Linux file systems
/// with a journal this makes the new name durable too); only then may a row name it. Safe for concurrent use;
/// keeping and removing exclude each other, so that a row's bytes cannot vanish between the two.
/// </remarks>
internal sealed class BlobStore : IDisposable
{
    private const int BufferBytes = 128 * 1024;
    private readonly string _folder;
    private readonly string _incoming;
    private readonly SemaphoreSlim _gate = new(1, 1);

    private readonly Func<string, Stream> _create;

    public BlobStore(string folder)
        : this(folder, Create)
    {
    }

    /// <param name="create">Makes a file that is not there yet; one that the operating system buffers at most.</param>
    internal BlobStore(string folder, Func<string, Stream> create)
    {
        _create = create;
        _folder = folder;
        _incoming = Path.Combine(folder, "incoming");
        Directory.CreateDirectory(_incoming);
    }

    public string PathOf(string contentHash) => Path.Combine(_folder, contentHash[..2], contentHash);

    /// <summary>Copies the stream to disk without holding more than a buffer of it in memory.</summary>
    /// <exception cref="FileTooLargeException">The stream is longer than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="StorageFullException">The disk is full; nothing is left of the stream.</exception>
    public async Task<StagedFile> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_incoming, Guid.NewGuid().ToString("n"));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var file = _create(path);
            long total = 0;
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                total += read;
                if (total > maxBytes)
                {
                    throw new FileTooLargeException(maxBytes);
                }

                hash.AppendData(buffer, 0, read);
                await WriteAsync(file, buffer.AsMemory(0, read), cancellationToken);
            }

            Flush(file);
            return new StagedFile(path, Convert.ToHexStringLower(hash.GetHashAndReset()), total);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Gives staged bytes their lasting name, then runs <paramref name="commitRow"/>.</summary>
    /// <exception cref="StorageFullException">The disk is full; the bytes are gone again.</exception>
    public async Task<T> KeepAsync<T>(StagedFile staged, Func<T> commitRow, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var path = PathOf(staged.ContentHash);
            var isNew = false;
            try
            {
                if (!File.Exists(path))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!); // never null: PathOf joins two names below the folder
                    staged.MoveTo(path);
                    isNew = true;
                    using var moved = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
                    Flush(moved);
                }

                return commitRow();
            }
            catch (Exception exception)
            {
                if (isNew)
                {
                    File.Delete(path);
                }

                if (StorageFullException.IsCauseOf(exception))
                {
                    throw new StorageFullException(exception);
                }

                throw;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs <paramref name="commitRow"/>, then removes the content if it says that nothing names it any more.</summary>
    public async Task RemoveAsync(string contentHash, Func<bool> commitRow, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (commitRow())
            {
                File.Delete(PathOf(contentHash));
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Removes what a killed process left: half uploads, and content whose row was never written.</summary>
    /// <remarks>Only before anything else uses the store.</remarks>
    public int Sweep(IReadOnlySet<string> named)
    {
        var leftovers = Directory.EnumerateFiles(_incoming)
            .Concat(Directory.EnumerateDirectories(_folder)
                .Where(folder => Path.GetFileName(folder).Length == 2)
                .SelectMany(Directory.EnumerateFiles)
                .Where(file => !named.Contains(Path.GetFileName(file))))
            .ToList();
        leftovers.ForEach(File.Delete);
        return leftovers.Count;
    }

    public void Dispose() => _gate.Dispose();

    private static FileStream Create(string path) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);

    // Told apart here, where it is known that the disk failed and not the stream that came in.
    private static async ValueTask WriteAsync(Stream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException exception)
        {
            throw Failure(exception);
        }
    }

    private static void Flush(Stream file)
    {
        try
        {
            if (file is FileStream onDisk)
            {
                onDisk.Flush(flushToDisk: true);
            }
        }
        catch (IOException exception)
        {
            throw Failure(exception);
        }
    }

    private static Exception Failure(IOException exception) => StorageFullException.IsCauseOf(exception)
        ? new StorageFullException(exception)
        : new StorageException("The server could not write to its data folder: " + exception.Message, exception);
}
