namespace GenAI.Retrieval.Filters;

/// <summary>The values of one attribute over the documents of a segment. Immutable once the segment is open.</summary>
internal sealed class AttributeColumn(int size)
{
    private readonly byte[] _kinds = new byte[size];
    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);
    private double[]? _numbers;
    private string?[]? _texts;

    public void Set(int document, AttributeValue value)
    {
        _kinds[document] = (byte)(value.Kind + 1);
        if (value.Kind == AttributeKind.Text)
        {
            _texts ??= new string?[size];
            var text = value.Text!;
            _texts[document] = _shared.TryAdd(text, text) ? text : _shared[text];
        }
        else
        {
            _numbers ??= new double[size];
            _numbers[document] = value.Number;
        }
    }

    /// <summary>The document's value, or null where it has none.</summary>
    public AttributeValue? Find(int document) => _kinds[document] == 0
        ? null
        : (AttributeKind)(_kinds[document] - 1) switch
        {
            AttributeKind.Text => AttributeValue.Of(_texts![document]!),
            AttributeKind.Number => AttributeValue.Of(_numbers![document]),
            _ => AttributeValue.Of(_numbers![document] != 0),
        };
}
