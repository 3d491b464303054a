namespace GenAI.Gateway.Files;

/// <summary>The receipt of a deletion.</summary>
internal sealed record DeletedObject(string Id, string Object, bool Deleted)
{
    public static DeletedObject Of(string id, string kind) => new(id, kind, Deleted: true);
}
