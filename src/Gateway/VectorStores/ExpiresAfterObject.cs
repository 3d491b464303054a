namespace GenAI.Gateway.VectorStores;

internal sealed record ExpiresAfterObject(string Anchor, int Days)
{
    public const string LastActiveAt = "last_active_at";
}
