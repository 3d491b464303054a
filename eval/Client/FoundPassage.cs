namespace GenAI.Eval.Client;

/// <summary>A search result.</summary>
/// <param name="Page">Page from 1 where the server tells it.</param>
internal sealed record FoundPassage(string DocumentId, double Score, string Text, int? Page);
