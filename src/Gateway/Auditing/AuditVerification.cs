namespace GenAI.Gateway.Auditing;

/// <summary>What a walk along the chain found.</summary>
/// <param name="Lines">Whole lines that follow from one another, from the first on.</param>
/// <param name="Lost">Entries that the log itself says it could not write, for want of disk space mostly.</param>
/// <param name="LastHash">Hash of the last of these lines. Lines cut off the end leave no trace in the log: who wants to notice keeps this hash elsewhere.</param>
/// <param name="Break">Null when the chain is whole; otherwise a sentence that names the first place where it breaks.</param>
/// <param name="Unfinished">The file whose last line has no end: being written at this moment, or cut by a kill.</param>
internal sealed record AuditVerification(long Lines, long Lost, string LastHash, string? Break, string? Unfinished);
