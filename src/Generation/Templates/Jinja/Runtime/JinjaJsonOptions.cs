namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>The arguments of <c>tojson</c>, after Python's <c>json.dumps</c>.</summary>
internal sealed record JinjaJsonOptions
{
    public int Indent { get; init; }

    public bool EnsureAscii { get; init; }

    public bool SortKeys { get; init; }

    public (string Item, string Key)? Separators { get; init; }

    public bool UndefinedIsNull { get; init; } = true;
}
