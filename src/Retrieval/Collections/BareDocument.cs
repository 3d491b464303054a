namespace GenAI.Retrieval.Collections;

/// <summary>A document that is found by its words alone, since its passages have no vectors yet.</summary>
/// <param name="Chunks">How many passages wait for a vector.</param>
public readonly record struct BareDocument(string Id, int Chunks);
