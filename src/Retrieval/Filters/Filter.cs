namespace GenAI.Retrieval.Filters;

/// <summary>A condition on a document's attributes, applied inside the search and not after it.</summary>
public abstract record Filter
{
    /// <summary>Compares one attribute with a value. A document without the attribute matches only <see cref="ComparisonOperator.NotEqual"/>.</summary>
    public sealed record Comparison(string Key, ComparisonOperator Operator, AttributeValue Value) : Filter;

    /// <summary>True when the attribute equals one of the values (or none of them, when negated).</summary>
    public sealed record OneOf(string Key, IReadOnlyList<AttributeValue> Values, bool Negated) : Filter;

    public sealed record All(IReadOnlyList<Filter> Filters) : Filter;

    public sealed record Any(IReadOnlyList<Filter> Filters) : Filter;
}
