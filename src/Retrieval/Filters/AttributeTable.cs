namespace GenAI.Retrieval.Filters;

/// <summary>Attributes and labels of the documents of one segment, by column. Immutable once the segment is open.</summary>
internal sealed class AttributeTable(int size)
{
    private readonly Dictionary<string, AttributeColumn> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _labels = new(StringComparer.Ordinal);
    private readonly DocumentSet _labelled = new(size);

    public int Size => size;

    public void SetAttribute(int document, string key, AttributeValue value)
    {
        if (!_columns.TryGetValue(key, out var column))
        {
            _columns.Add(key, column = new AttributeColumn(size));
        }

        column.Set(document, value);
    }

    public void AddLabel(int document, string label)
    {
        if (!_labels.TryGetValue(label, out var documents))
        {
            _labels.Add(label, documents = []);
        }

        documents.Add(document);
        _labelled.Add(document);
    }

    /// <summary>The column of a key, or null when no document here has the attribute.</summary>
    public AttributeColumn? Column(string key) => _columns.GetValueOrDefault(key);

    /// <summary>Documents without a label and those that carry at least one of <paramref name="held"/>.</summary>
    public DocumentSet VisibleTo(IReadOnlySet<string> held)
    {
        var visible = _labelled.Copy().Invert();
        foreach (var (label, documents) in _labels)
        {
            if (held.Contains(label))
            {
                documents.ForEach(visible.Add);
            }
        }

        return visible;
    }
}
