namespace GenAI.Eval.Client;

/// <summary>A citation of an answer; indexes are into the answer's text.</summary>
internal sealed record Citation(string DocumentId, string Quote, int StartIndex, int EndIndex, int? Page);
