using System.Text.Json;

namespace GenAI.Generation.Templates.Jinja.Values;

/// <summary>Turns JSON into template values.</summary>
internal static class JinjaJson
{
    public static JinjaValue From(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return new JinjaString(element.GetString()!);
            case JsonValueKind.Number:
                var number = element.GetDouble();
                return double.IsInteger(number) ? new JinjaInteger(number) : new JinjaFloat(number);
            case JsonValueKind.True or JsonValueKind.False:
                return JinjaValue.Of(element.GetBoolean());
            case JsonValueKind.Null:
                return JinjaNull.Instance;
            case JsonValueKind.Array:
                return new JinjaArray([.. element.EnumerateArray().Select(From)]);
            case JsonValueKind.Object:
                var entries = new OrderedDictionary<string, JinjaValue>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                {
                    entries[property.Name] = From(property.Value);
                }

                return new JinjaObject(entries);
            default:
                return JinjaUndefined.Instance;
        }
    }
}
