using GenAI.Generation.Structured;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Tests.Structured;

/// <summary>What a parser made of a text, with neighbouring pieces of one kind joined and call ids left out.</summary>
internal static class ParsedOutput
{
    public static IReadOnlyList<string> Of(IOutputParser parser, IEnumerable<string> pieces)
    {
        var parts = new List<(string Kind, string Text)>();
        var contents = pieces.SelectMany(parser.Push).ToList();
        contents.AddRange(parser.Complete());
        foreach (var content in contents)
        {
            var (kind, text) = content switch
            {
                TextReasoningContent reasoning => ("think", reasoning.Text),
                TextContent answer => ("text", answer.Text),
                FunctionCallContent call => ("call", call.Name + ToolArguments.Json(call)),
                _ => throw new InvalidOperationException(content.GetType().Name),
            };
            if (kind != "call" && parts.Count > 0 && parts[^1].Kind == kind)
            {
                parts[^1] = (kind, parts[^1].Text + text);
            }
            else
            {
                parts.Add((kind, text));
            }
        }

        return [.. parts.Select(static p => $"{p.Kind}:{p.Text}")];
    }

    /// <summary>Cuts a text at the given places, each taken modulo its length.</summary>
    public static IEnumerable<string> Cut(string text, IEnumerable<int> places)
    {
        var start = 0;
        foreach (var place in places.Select(p => (int)((uint)p % (uint)(text.Length + 1))).Order())
        {
            yield return text[start..place];
            start = place;
        }

        yield return text[start..];
    }
}
