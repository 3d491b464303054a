using System.Text.Json;

namespace GenAI.Eval.Reports;

/// <summary>Results on disk.</summary>
internal static class ResultFile
{
    public static async Task WriteAsync(FileInfo file, EvalResult result, CancellationToken cancellationToken)
    {
        file.Directory?.Create();
        await using var stream = file.Create();
        await JsonSerializer.SerializeAsync(stream, result, ResultJsonContext.Default.EvalResult, cancellationToken);
    }

    /// <exception cref="EvalException">The file is missing or not a result.</exception>
    public static async Task<EvalResult> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = file.OpenRead();
            return await JsonSerializer.DeserializeAsync(stream, ResultJsonContext.Default.EvalResult, cancellationToken)
                ?? throw new EvalException($"{file.FullName} is empty.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EvalException($"{file.FullName} is not a result of this program: {exception.Message}", exception);
        }
    }
}
