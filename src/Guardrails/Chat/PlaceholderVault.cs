using System.Globalization;

namespace GenAI.Guardrails.Chat;

/// <summary>Numbers the masked values of one request: the same value is the same placeholder, in and out.</summary>
internal sealed class PlaceholderVault
{
    private readonly Dictionary<(string Label, string Value), string> _placeholders = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public string Placeholder(string label, string value)
    {
        if (!_placeholders.TryGetValue((label, value), out var placeholder))
        {
            var number = _counts[label] = _counts.GetValueOrDefault(label) + 1;
            placeholder = _placeholders[(label, value)] = string.Create(CultureInfo.InvariantCulture, $"<{label}_{number}>");
        }

        return placeholder;
    }
}
