using System.Collections;
using GenAI.Retrieval.Filters;

namespace GenAI.Pipelines.Tests.VectorStores;

/// <summary>Attributes whose caller goes away as soon as they are read.</summary>
internal sealed class LeavingAttributes(Dictionary<string, AttributeValue> attributes, CancellationTokenSource caller)
    : IReadOnlyDictionary<string, AttributeValue>
{
    public int Count => attributes.Count;

    public IEnumerable<string> Keys => attributes.Keys;

    public IEnumerable<AttributeValue> Values => attributes.Values;

    public AttributeValue this[string key] => attributes[key];

    public bool ContainsKey(string key) => attributes.ContainsKey(key);

    public bool TryGetValue(string key, out AttributeValue value) => attributes.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, AttributeValue>> GetEnumerator()
    {
        caller.Cancel();
        return attributes.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
