using System.Globalization;
using System.Text;
using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Writes values as JSON, spaced as Python's <c>json.dumps</c> does and escaped as ECMAScript's <c>JSON.stringify</c> does.</summary>
internal sealed class JinjaJsonWriter
{
    private readonly JinjaJsonOptions _options;
    private readonly RenderBudget _budget;
    private readonly StringBuilder _output = new();
    private readonly string _itemSeparator;
    private readonly string _keySeparator;

    private JinjaJsonWriter(JinjaJsonOptions options, RenderBudget budget)
    {
        _options = options;
        _budget = budget;
        (_itemSeparator, _keySeparator) = options.Separators ?? (options.Indent > 0 ? "," : ", ", ": ");
    }

    public static string Write(JinjaValue value, JinjaJsonOptions options, RenderBudget budget)
    {
        var writer = new JinjaJsonWriter(options, budget);
        writer.Write(value, 0);
        return writer._output.ToString();
    }

    private void Write(JinjaValue value, int depth)
    {
        _budget.Enter();
        switch (value)
        {
            case JinjaString text:
                WriteString(text.Value);
                break;
            case JinjaNull:
                _output.Append("null");
                break;
            case JinjaUndefined:
                _output.Append(_options.UndefinedIsNull ? "null" : "undefined");
                break;
            case JinjaNumber number:
                _output.Append(double.IsFinite(number.Value) ? JsText.FromNumber(number.Value) : "null");
                break;
            case JinjaBoolean boolean:
                _output.Append(boolean.Value ? "true" : "false");
                break;
            case JinjaArray array when value is not JinjaTuple:
                WriteItems('[', ']', array.Items, depth, item => Write(item, depth + 1));
                break;
            case JinjaMap map when value is not JinjaKeywordArguments:
                WriteItems('{', '}', Ordered(map), depth, entry =>
                {
                    WriteString(entry.Key);
                    _output.Append(_keySeparator);
                    Write(entry.Value, depth + 1);
                });
                break;
            default:
                throw new ChatTemplateException($"The chat template writes a {value.Kind} as JSON, which has no form for it.");
        }

        _budget.ChargeText(_output.Length);
        _budget.Leave();
    }

    private IReadOnlyList<KeyValuePair<string, JinjaValue>> Ordered(JinjaMap map) => _options.SortKeys
        ? [.. map.Entries.OrderBy(static e => e.Key, JinjaKeyComparer.Instance)]
        : [.. map.Entries];

    private void WriteItems<T>(char open, char close, IReadOnlyList<T> items, int depth, Action<T> write)
    {
        var isIndented = _options.Indent > 0 && items.Count > 0;
        _output.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                _output.Append(_itemSeparator);
            }

            NewLine(isIndented, depth + 1);
            write(items[i]);
        }

        NewLine(isIndented, depth);
        _output.Append(close);
    }

    private void NewLine(bool isIndented, int depth)
    {
        if (isIndented)
        {
            _budget.ChargeText((long)_options.Indent * depth);
            _output.Append('\n').Append(' ', _options.Indent * depth);
        }
    }

    private void WriteString(string text)
    {
        _budget.ChargeText(text.Length);
        _output.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var escape = c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => null,
            };
            if (escape is not null)
            {
                _output.Append(escape);
            }
            else if (c < ' ' || (_options.EnsureAscii && c >= '\x7f') || (char.IsSurrogate(c) && !IsPaired(text, i)))
            {
                _output.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                _output.Append(c);
            }
        }

        _output.Append('"');
    }

    private static bool IsPaired(string text, int index) => char.IsHighSurrogate(text[index])
        ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
        : index > 0 && char.IsHighSurrogate(text[index - 1]);
}
