using GenAI.Pipelines.Parsing.Worker;

namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>PDF in two steps, each in a process of its own: an engine takes out the words, a parser process lays them out as text.</summary>
internal sealed class PdfReader(DocumentParsersOptions options, ParserPool pool, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.MaxWorkers);
    private readonly Lazy<IPdfEngine> _engine = new(() => Choose(options.PdfEngine, time));

    public async Task<ParsedDocument> ReadAsync(string path, ParseLimits limits, CancellationToken cancellationToken)
    {
        var engine = _engine.Value;
        if (engine.Missing is { } missing)
        {
            throw new ParseException(ParseFailure.Unavailable, missing);
        }

        using var words = new TemporaryFile();
        await _places.WaitAsync(cancellationToken);
        try
        {
            await engine.ExtractAsync(Path.GetFullPath(path), words.FullPath, limits, cancellationToken);
        }
        finally
        {
            _places.Release();
        }

        return await pool.ParseAsync(new ParserRequest(words.FullPath, FileFormat.PdfWords, limits), cancellationToken);
    }

    public void Dispose() => _places.Dispose();

    private static IPdfEngine Choose(PdfEngineKind kind, TimeProvider time)
    {
        var poppler = new PopplerEngine(time);
        return kind == PdfEngineKind.Poppler || (kind == PdfEngineKind.Auto && poppler.Missing is null) ? poppler : new PdfJsEngine(time);
    }
}
