namespace GenAI.Generation.Catalogue;

/// <summary>Where a model file came from and what its bytes must hash to.</summary>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="SizeInBytes">Length of the file.</param>
/// <param name="Source">Hub repository and revision, or how the file was made.</param>
/// <param name="License">SPDX name or what the source states.</param>
public sealed record ManifestEntry(string Sha256, long SizeInBytes, string Source, string License);
