namespace GenAI.Retrieval.Filters;

/// <summary>Finds the documents of a segment that a filter allows.</summary>
/// <remarks>
/// Values of different kinds are never equal and have no order, so between them only
/// <see cref="ComparisonOperator.NotEqual"/> and a negated <see cref="Filter.OneOf"/> hold. Text is ordered by
/// UTF-16 units. The empty conjunction allows everything, the empty disjunction nothing.
/// </remarks>
internal static class FilterEvaluator
{
    public static DocumentSet Evaluate(Filter filter, AttributeTable table)
    {
        switch (filter)
        {
            case Filter.All all:
                return all.Filters.Aggregate(DocumentSet.All(table.Size), (set, part) => set.IntersectWith(Evaluate(part, table)));
            case Filter.Any any:
                return any.Filters.Aggregate(new DocumentSet(table.Size), (set, part) => set.UnionWith(Evaluate(part, table)));
            case Filter.Comparison comparison:
                return Where(table, comparison.Key, value => Holds(value, comparison.Operator, comparison.Value));
            case Filter.OneOf oneOf:
                var values = oneOf.Values.ToHashSet();
                return Where(table, oneOf.Key, value => (value is { } present && values.Contains(present)) != oneOf.Negated);
            default:
                throw new ArgumentException($"A filter of type {filter.GetType().Name} is not known.", nameof(filter));
        }
    }

    internal static bool Holds(AttributeValue? value, ComparisonOperator comparison, AttributeValue other)
    {
        if (value is not { } present || present.Kind != other.Kind)
        {
            return comparison == ComparisonOperator.NotEqual;
        }

        if (comparison is ComparisonOperator.Equal or ComparisonOperator.NotEqual)
        {
            return present == other == (comparison == ComparisonOperator.Equal);
        }

        if (present.Kind == AttributeKind.Truth)
        {
            return false;
        }

        var order = present.Kind == AttributeKind.Text
            ? string.CompareOrdinal(present.Text, other.Text)
            : present.Number.CompareTo(other.Number);
        return comparison switch
        {
            ComparisonOperator.Greater => order > 0,
            ComparisonOperator.GreaterOrEqual => order >= 0,
            ComparisonOperator.Less => order < 0,
            ComparisonOperator.LessOrEqual => order <= 0,
            _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "The operator is not known."),
        };
    }

    private static DocumentSet Where(AttributeTable table, string key, Func<AttributeValue?, bool> holds)
    {
        var column = table.Column(key);
        if (column is null)
        {
            return holds(null) ? DocumentSet.All(table.Size) : new DocumentSet(table.Size);
        }

        var set = new DocumentSet(table.Size);
        for (var document = 0; document < table.Size; document++)
        {
            if (holds(column.Find(document)))
            {
                set.Add(document);
            }
        }

        return set;
    }
}
