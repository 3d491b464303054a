using System.ComponentModel.DataAnnotations;

namespace GenAI.Gateway.Documents;

/// <summary>Section <c>Documents</c>.</summary>
internal sealed class DocumentsOptions
{
    public const string Section = "Documents";

    /// <summary>Whether the documents shipped with the program are read on start.</summary>
    public bool Samples { get; set; } = true;

    /// <summary>How long jobs and batches that have ended stay in the lists.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepFinishedJobs { get; set; } = TimeSpan.FromDays(30);
}
