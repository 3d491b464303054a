using System.Globalization;

namespace GenAI.Pipelines.Parsing.Worker;

/// <summary>Sentences that more than one place says about a file.</summary>
internal static class ParserMessages
{
    public const string OutOfMemory = "Reading the file needs more memory than one file may take; split it, or raise the memory limit for files.";

    public static string TooSlow(TimeSpan limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"Reading the file took longer than {limit.TotalSeconds:0.#} seconds and was stopped; split it, or raise the time limit for files.");

    public static string TooBig(long bytes, long limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"The file has {bytes / 1048576.0:0.#} MB, more than the {limit / 1048576.0:0.#} MB that one file may have; split it, or raise the size limit for files.");

    public static string Unreadable(string reason) =>
        $"The file cannot be read ({reason.TrimEnd('.')}); open it in the program that made it, save it again and add that.";
}
