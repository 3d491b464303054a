using System.Text;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Remote;

/// <summary>Puts streamed tool-call fragments together. Fragments belong together by index; ids and names come once.</summary>
internal sealed class ToolCallAssembler
{
    private readonly SortedDictionary<int, PartialCall> _calls = [];

    public void Add(List<WireToolCall>? fragments)
    {
        foreach (var fragment in fragments ?? [])
        {
            // Some servers leave the index out: a new id then opens a call, anything else goes on with the last one.
            var index = fragment.Index ?? (fragment.Id is null && _calls.Count > 0 ? _calls.Keys.Last() : _calls.Count);
            if (!_calls.TryGetValue(index, out var call))
            {
                _calls[index] = call = new PartialCall();
            }

            call.Id ??= fragment.Id;
            call.Name ??= fragment.Function?.Name;
            call.Arguments.Append(fragment.Function?.Arguments);
        }
    }

    public List<AIContent> Complete() =>
        [.. _calls.Values.Select(call => ToolArguments.Call(call.Id ?? string.Empty, call.Name ?? string.Empty, call.Arguments.ToString()))];

    private sealed class PartialCall
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();
    }
}
