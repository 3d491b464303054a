using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Segments;

namespace GenAI.Retrieval.Engine;

/// <summary>Documents decoded lately, up to a number of characters; the least recently used one goes first. Thread-safe.</summary>
internal sealed class DocumentCache(int maxCharacters)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<((Segment Segment, int Document) Key, CollectionDocument Value)> _order = new();
    private readonly Dictionary<(Segment Segment, int Document), LinkedListNode<((Segment Segment, int Document) Key, CollectionDocument Value)>> _nodes = [];
    private long _characters;

    public CollectionDocument Get(Segment segment, int document)
    {
        var key = (segment, document);
        lock (_gate)
        {
            if (_nodes.TryGetValue(key, out var node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                return node.Value.Value;
            }
        }

        var value = StoredDocument.Read(segment, document);
        lock (_gate)
        {
            if (_nodes.TryGetValue(key, out var raced))
            {
                return raced.Value.Value;
            }

            _nodes[key] = _order.AddFirst((key, value));
            _characters += value.Text.Length;
            while (_characters > maxCharacters && _order.Last is { } last)
            {
                _order.RemoveLast();
                _nodes.Remove(last.Value.Key);
                _characters -= last.Value.Value.Text.Length;
            }
        }

        return value;
    }
}
