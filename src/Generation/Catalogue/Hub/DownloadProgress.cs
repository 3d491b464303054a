namespace GenAI.Generation.Catalogue.Hub;

/// <summary>How far a pull is: bytes of the current file and of all files together.</summary>
public readonly record struct DownloadProgress(string FileName, long FileBytes, long FileTotal, long Bytes, long Total);
