namespace GenAI.Gateway.VectorStores;

internal sealed record TextContentObject(string Type, string Text)
{
    public static TextContentObject Of(string text) => new("text", text);
}
