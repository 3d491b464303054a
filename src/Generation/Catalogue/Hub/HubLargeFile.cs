namespace GenAI.Generation.Catalogue.Hub;

/// <summary>The large-file record of a hub file; <paramref name="Oid"/> is the SHA-256 of its bytes.</summary>
internal sealed record HubLargeFile(string Oid, long Size);
