using System.Net;
using System.Security.Cryptography;

namespace GenAI.Generation.Catalogue.Hub;

/// <summary>Brings a model from the hub into a folder: resumes what broke off, checks SHA-256, and shows a file only when it is whole.</summary>
/// <remarks>
/// A file grows under the name <c>NAME.part</c>. It gets its own name after its hash was checked, so the catalogue never
/// sees half a model. Two pulls of one file at once are refused by the lock on the part.
/// </remarks>
public sealed class ModelPuller
{
    private readonly HubOptions _options;
    private readonly HubClient _client;
    private readonly TimeProvider _time;

    /// <param name="http">Client without a base address; its time-out must be infinite, models are large.</param>
    public ModelPuller(HttpClient http, HubOptions options, TimeProvider time)
    {
        _options = options;
        _client = new HubClient(http, options);
        _time = time;
    }

    /// <summary>Pulls the model a reference names into <paramref name="folder"/>.</summary>
    /// <returns>Paths of the model's files in part order.</returns>
    /// <exception cref="GenerationException">The hub refused, the transfer kept breaking, or a hash is wrong; what arrived whole is kept.</exception>
    public async Task<IReadOnlyList<string>> PullAsync(
        ModelReference reference,
        string folder,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var files = ModelSelection.Choose(reference, await _client.ListAsync(reference, cancellationToken));
        Directory.CreateDirectory(folder);
        EnsureRoom(folder, files.Sum(file => file.Size));

        var total = files.Sum(file => file.Size);
        long before = 0;
        var paths = new List<string>();
        foreach (var file in files)
        {
            var done = before;
            paths.Add(await PullFileAsync(reference, file, folder, Report, cancellationToken));
            before += file.Size;

            void Report(long bytes) => progress?.Report(new DownloadProgress(file.Name, bytes, file.Size, done + bytes, total));
        }

        return paths;
    }

    private async Task<string> PullFileAsync(
        ModelReference reference,
        HubFile file,
        string folder,
        Action<long> report,
        CancellationToken cancellationToken)
    {
        // Only the last segment of the hub's path is used, so that a listing cannot write outside the folder.
        var target = Path.Combine(folder, file.Name);
        var expected = file.Lfs?.Oid;
        if (File.Exists(target) && expected is not null && await ModelVerification.HashAsync(target, cancellationToken) == expected)
        {
            report(file.Size);
            return target;
        }

        var part = target + ".part";
        await using (var output = OpenPart(part))
        {
            await FillAsync(reference, file, output, report, cancellationToken);
        }

        var actual = await ModelVerification.HashAsync(part, cancellationToken);
        if (expected is not null && !CryptographicOperations.FixedTimeEquals(Convert.FromHexString(actual), Convert.FromHexString(expected)))
        {
            File.Delete(part);
            throw new GenerationException(
                GenerationFailure.Upstream,
                $"{file.Name} arrived with SHA-256 {actual}, the hub lists {expected}. It was removed; pull it again, and if that fails too, do not trust this source.");
        }

        File.Move(part, target, overwrite: true);
        ModelManifest.Record(folder, file.Name, new ManifestEntry(actual, file.Size, $"{reference.Repository}@{reference.Revision}", string.Empty));
        return target;
    }

    private async Task FillAsync(
        ModelReference reference,
        HubFile file,
        FileStream output,
        Action<long> report,
        CancellationToken cancellationToken)
    {
        for (var resumes = 0; output.Length < file.Size; resumes++)
        {
            var before = output.Length;
            try
            {
                await ReceiveAsync(reference, file, output, report, cancellationToken);
                if (output.Length == before)
                {
                    throw new IOException("the hub sent nothing more");
                }
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                if (resumes >= _options.MaxResumes)
                {
                    throw new GenerationException(
                        GenerationFailure.Upstream,
                        $"{file.Name} broke off at {output.Length} of {file.Size} bytes ({exception.Message}). What arrived is kept: pull again to go on from there.",
                        exception);
                }

                await Task.Delay(_options.ResumeDelay * Math.Pow(2, resumes), _time, cancellationToken);
            }
        }

        await output.FlushAsync(cancellationToken);
    }

    private async Task ReceiveAsync(
        ModelReference reference,
        HubFile file,
        FileStream output,
        Action<long> report,
        CancellationToken cancellationToken)
    {
        using var response = await _client.OpenAsync(reference, file, output.Length, cancellationToken);
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            // The server does not resume: what it sends now starts at the first byte.
            output.SetLength(0);
        }

        output.Seek(0, SeekOrigin.End);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[1 << 17];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (output.Length + read > file.Size)
            {
                output.SetLength(0);
                throw new IOException($"more than the listed {file.Size} bytes came");
            }

            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            report(output.Length);
        }
    }

    private static FileStream OpenPart(string part)
    {
        try
        {
            return new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16, useAsync: true);
        }
        catch (IOException exception)
        {
            throw new GenerationException(
                GenerationFailure.InvalidRequest,
                $"{Path.GetFileName(part)} is in use: another pull of this model runs. Wait for it, or end it first.",
                exception);
        }
    }

    private static void EnsureRoom(string folder, long needed)
    {
        var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        if (needed > free)
        {
            throw new GenerationException(
                GenerationFailure.InvalidRequest,
                $"The model needs {needed >> 20} MiB and the disk of {folder} has {free >> 20} MiB free. Make room, or set GENAI_MODELS to a larger disk.");
        }
    }
}
