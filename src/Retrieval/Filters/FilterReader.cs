using System.Text.Json;

namespace GenAI.Retrieval.Filters;

/// <summary>One parse of one filter; counts what it has read so that a hostile filter stays small.</summary>
internal sealed class FilterReader
{
    private int _conditions;

    public Filter Read(JsonElement element, string path, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FilterException(path, "a filter is an object with \"type\".");
        }

        if (depth > FilterJson.MaxDepth)
        {
            throw new FilterException(path, $"filters are nested more than {FilterJson.MaxDepth} deep.");
        }

        if (++_conditions > FilterJson.MaxConditions)
        {
            throw new FilterException(path, $"the filter has more than {FilterJson.MaxConditions} conditions.");
        }

        var type = Property(element, "type", path);
        return (type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
        {
            "and" => new Filter.All(Group(element, path, depth)),
            "or" => new Filter.Any(Group(element, path, depth)),
            "eq" => Compare(element, path, ComparisonOperator.Equal),
            "ne" => Compare(element, path, ComparisonOperator.NotEqual),
            "gt" => Compare(element, path, ComparisonOperator.Greater),
            "gte" => Compare(element, path, ComparisonOperator.GreaterOrEqual),
            "lt" => Compare(element, path, ComparisonOperator.Less),
            "lte" => Compare(element, path, ComparisonOperator.LessOrEqual),
            "in" => OneOf(element, path, negated: false),
            "nin" => OneOf(element, path, negated: true),
            _ => throw new FilterException($"{path}.type", "use one of eq, ne, gt, gte, lt, lte, in, nin, and, or."),
        };
    }

    private List<Filter> Group(JsonElement element, string path, int depth)
    {
        Allow(element, path, "filters");
        var filters = Property(element, "filters", path);
        if (filters.ValueKind != JsonValueKind.Array || filters.GetArrayLength() == 0)
        {
            throw new FilterException($"{path}.filters", "must be an array with at least one filter.");
        }

        var group = new List<Filter>();
        foreach (var filter in filters.EnumerateArray())
        {
            group.Add(Read(filter, $"{path}.filters[{group.Count}]", depth + 1));
        }

        return group;
    }

    private static Filter.Comparison Compare(JsonElement element, string path, ComparisonOperator comparison)
    {
        var key = Key(element, path);
        var value = Value(Property(element, "value", path), $"{path}.value");
        var ordered = comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual);
        if (ordered && value.Kind == AttributeKind.Truth)
        {
            throw new FilterException($"{path}.value", "true and false have no order; use eq or ne.");
        }

        return new Filter.Comparison(key, comparison, value);
    }

    private static Filter.OneOf OneOf(JsonElement element, string path, bool negated)
    {
        var key = Key(element, path);
        var values = Property(element, "value", path);
        if (values.ValueKind != JsonValueKind.Array)
        {
            throw new FilterException($"{path}.value", "in and nin take an array of values.");
        }

        if (values.GetArrayLength() > FilterJson.MaxValues)
        {
            throw new FilterException($"{path}.value", $"has more than {FilterJson.MaxValues} values.");
        }

        var list = new List<AttributeValue>();
        foreach (var value in values.EnumerateArray())
        {
            list.Add(Value(value, $"{path}.value[{list.Count}]"));
        }

        return new Filter.OneOf(key, list, negated);
    }

    private static string Key(JsonElement element, string path)
    {
        Allow(element, path, "key", "value");
        var key = Property(element, "key", path);
        var text = key.ValueKind == JsonValueKind.String ? key.GetString() : null;
        return text is { Length: > 0 and <= FilterJson.MaxKeyLength }
            ? text
            : throw new FilterException($"{path}.key", $"must be text of 1 to {FilterJson.MaxKeyLength} characters.");
    }

    private static AttributeValue Value(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return AttributeValue.Of(value.GetBoolean());
            case JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number):
                return AttributeValue.Of(number);
            case JsonValueKind.String when value.GetString() is { Length: <= FilterJson.MaxTextLength } text:
                return AttributeValue.Of(text);
            case JsonValueKind.String:
                throw new FilterException(path, $"is longer than {FilterJson.MaxTextLength} characters.");
            default:
                throw new FilterException(path, "must be text, a number, true or false.");
        }
    }

    private static JsonElement Property(JsonElement element, string name, string path) =>
        element.TryGetProperty(name, out var property)
            ? property
            : throw new FilterException(path, $"\"{name}\" is missing.");

    private static void Allow(JsonElement element, string path, params ReadOnlySpan<string> names)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name != "type" && !names.Contains(property.Name))
            {
                throw new FilterException($"{path}.{property.Name}", "is not known here.");
            }
        }
    }
}
