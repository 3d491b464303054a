namespace GenAI.Gateway.Models;

/// <summary>Another name for a model, which may bring documents along; in <c>Models:Aliases:NAME</c>.</summary>
internal sealed class AliasSettings
{
    public string Model { get; set; } = "";

    public IList<string> VectorStoreIds { get; set; } = [];

    public string? AnswerPolicy { get; set; }
}
