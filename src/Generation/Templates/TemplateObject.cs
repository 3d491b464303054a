using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates;

internal static class TemplateObject
{
    public static JinjaObject Of(params ReadOnlySpan<(string Name, JinjaValue? Value)> entries)
    {
        var values = new OrderedDictionary<string, JinjaValue>(StringComparer.Ordinal);
        foreach (var (name, value) in entries)
        {
            if (value is not null)
            {
                values[name] = value;
            }
        }

        return new JinjaObject(values);
    }
}
