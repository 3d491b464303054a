using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Segments;

namespace GenAI.Retrieval.Engine;

/// <summary>Documents decoded lately, up to a number of characters; the least recently used one goes first. Thread-safe.</summary>
/// <remarks>An entry keeps its whole segment, so <see cref="Retain"/> is to be called when segments went.</remarks>
internal sealed class DocumentCache(int maxCharacters)
{
    /// <summary>What an entry counts beside its text, so that empty documents do not pile up.</summary>
    private const int EntryCharacters = 256;

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
            _characters += Cost(value);
            while (_characters > maxCharacters && _order.Last is { } last)
            {
                Remove(last);
            }
        }

        return value;
    }

    /// <summary>Lets go of the documents of segments that were merged away or emptied.</summary>
    public void Retain(Snapshot snapshot)
    {
        var segments = snapshot.Views.Select(view => view.Segment).ToHashSet();
        lock (_gate)
        {
            for (var node = _order.First; node is not null;)
            {
                var next = node.Next;
                if (!segments.Contains(node.Value.Key.Segment))
                {
                    Remove(node);
                }

                node = next;
            }
        }
    }

    private static int Cost(CollectionDocument document) => document.Text.Length + EntryCharacters;

    private void Remove(LinkedListNode<((Segment Segment, int Document) Key, CollectionDocument Value)> node)
    {
        _order.Remove(node);
        _nodes.Remove(node.Value.Key);
        _characters -= Cost(node.Value.Value);
    }
}
