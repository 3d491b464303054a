using GenAI.Pipelines.Parsing.Pdf;
using GenAI.Pipelines.Parsing.Worker;

namespace GenAI.Pipelines.Parsing;

/// <summary>How documents are read on this machine.</summary>
public sealed record DocumentParsersOptions
{
    /// <summary>Files read at the same time, each in a process of its own.</summary>
    public int MaxWorkers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>A process is replaced after so many files, so that what libraries leak stays small.</summary>
    public int FilesPerWorker { get; init; } = 200;

    /// <summary>A process without work for so long ends.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How to start a parser process; null finds out.</summary>
    public ParserWorkerCommand? WorkerCommand { get; init; }

    /// <summary>Which program takes words out of PDF files.</summary>
    public PdfEngineKind PdfEngine { get; init; } = PdfEngineKind.Auto;
}
