using GenAI.Pipelines.Parsing.Pdf;
using GenAI.Pipelines.Parsing.Worker;

namespace GenAI.Pipelines.Parsing;

/// <summary>
/// Reads documents in processes of their own, so that no file can stop or fill the server. One instance serves the
/// whole program and is safe for concurrent use; more calls than workers wait for their turn.
/// </summary>
public sealed class DocumentParsers : IAsyncDisposable
{
    private readonly ParserPool _pool;
    private readonly PdfReader _pdf;

    public DocumentParsers()
        : this(new DocumentParsersOptions())
    {
    }

    public DocumentParsers(DocumentParsersOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxWorkers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FilesPerWorker, 1);
        var time = timeProvider ?? TimeProvider.System;
        _pool = new ParserPool(options, time);
        _pdf = new PdfReader(options, _pool, time);
    }

    internal ParserPool Pool => _pool;

    /// <summary>Reads a file. The name decides the format where the content does not prove it.</summary>
    /// <exception cref="ParseException">The file cannot be read; the message says why and what to do.</exception>
    /// <exception cref="IOException">The file is not there or not ours to read.</exception>
    public async Task<ParsedDocument> ParseAsync(string path, string fileName, ParseLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(limits);
        var length = new FileInfo(path).Length;
        if (length > limits.MaxFileBytes)
        {
            throw new ParseException(ParseFailure.TooLarge, ParserMessages.TooBig(length, limits.MaxFileBytes));
        }

        var format = FormatDetector.Detect(path, fileName);
        return format == FileFormat.Pdf
            ? await _pdf.ReadAsync(path, limits, cancellationToken)
            : await _pool.ParseAsync(new ParserRequest(Path.GetFullPath(path), format, limits), cancellationToken);
    }

    /// <summary>Reads a stream to its end, by way of a temporary file, since the processes that parse share only the disk.</summary>
    /// <exception cref="ParseException">The file cannot be read; the message says why and what to do.</exception>
    public async Task<ParsedDocument> ParseAsync(Stream content, string fileName, ParseLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(limits);
        using var file = new TemporaryFile();
        await using (var target = file.OpenWrite())
        {
            var buffer = new byte[81920];
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (target.Length + read > limits.MaxFileBytes)
                {
                    throw new ParseException(ParseFailure.TooLarge, ParserMessages.TooBig(target.Length + read, limits.MaxFileBytes));
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }

        return await ParseAsync(file.FullPath, fileName, limits, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _pdf.Dispose();
        await _pool.DisposeAsync();
    }
}
