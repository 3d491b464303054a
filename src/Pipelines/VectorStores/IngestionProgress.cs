namespace GenAI.Pipelines.VectorStores;

/// <summary>How far a set of files has come.</summary>
/// <param name="Name">What the set is called, such as the store's name.</param>
/// <param name="Askable">Files that are found at least by their words, those that are done included.</param>
/// <param name="Fraction">From 0 to 1, files in work counted by their own progress.</param>
/// <param name="Current">A file in work, empty when there is none.</param>
/// <param name="TimeLeft">At the pace so far; null while there is nothing to go by.</param>
public sealed record IngestionProgress(
    string Name, int Files, int Done, int Askable, int Failed, double Fraction, string Current, TimeSpan? TimeLeft);
