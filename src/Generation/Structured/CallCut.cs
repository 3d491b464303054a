using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured;

/// <summary>Lets one tool call through where the request allows no more. One instance an answer.</summary>
internal sealed class CallCut(ChatOptions? options)
{
    private readonly bool _isCutting = options?.AllowMultipleToolCalls == false;
    private bool _hasCall;

    public IList<AIContent> Apply(IList<AIContent> contents)
    {
        if (!_isCutting || !contents.Any(static c => c is FunctionCallContent))
        {
            return contents;
        }

        var kept = new List<AIContent>();
        foreach (var content in contents)
        {
            if (content is not FunctionCallContent || !_hasCall)
            {
                kept.Add(content);
            }

            _hasCall |= content is FunctionCallContent;
        }

        return kept;
    }
}
