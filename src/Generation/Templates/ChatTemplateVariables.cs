using System.Text.Json;
using GenAI.Generation.Templates.Jinja.Values;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Templates;

/// <summary>Builds the variables of a chat template: messages and tools in OpenAI's shape, named as Hugging Face's <c>apply_chat_template</c> names them.</summary>
internal sealed class ChatTemplateVariables(MessageShape shape, ChatTemplateOptions options)
{
    public JinjaObject Build(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions)
    {
        var variables = new OrderedDictionary<string, JinjaValue>(StringComparer.Ordinal)
        {
            ["messages"] = new JinjaArray([.. new TemplateMessages(shape).Build(messages, chatOptions?.Instructions)]),
            ["add_generation_prompt"] = JinjaBoolean.True,
            ["bos_token"] = JinjaValue.Of(options.BosToken),
            ["eos_token"] = JinjaValue.Of(options.EosToken),
        };
        if (Tools(chatOptions) is { Count: > 0 } tools)
        {
            variables["tools"] = new JinjaArray(tools);
        }
        else if (shape.NoTools is { } none)
        {
            variables["tools"] = none;
        }

        AddReasoning(variables, chatOptions?.Reasoning?.Effort);
        AddArguments(variables, chatOptions);
        return new JinjaObject(variables);
    }

    private static List<JinjaValue> Tools(ChatOptions? chatOptions) => chatOptions is not { Tools: { } tools } || chatOptions.ToolMode is NoneChatToolMode
        ? []
        : [.. tools.OfType<AIFunctionDeclaration>().Select(static tool => TemplateObject.Of(
            ("type", JinjaValue.Of("function")),
            ("function", TemplateObject.Of(
                ("name", JinjaValue.Of(tool.Name)),
                ("description", JinjaValue.Of(tool.Description)),
                ("parameters", JinjaJson.From(tool.JsonSchema))))))];

    private static void AddReasoning(OrderedDictionary<string, JinjaValue> variables, ReasoningEffort? effort)
    {
        if (effort is not { } chosen)
        {
            return;
        }

        variables["enable_thinking"] = JinjaValue.Of(chosen != ReasoningEffort.None);
        if (chosen != ReasoningEffort.None)
        {
            variables["reasoning_effort"] = JinjaValue.Of(chosen switch
            {
                ReasoningEffort.Low => "low",
                ReasoningEffort.Medium => "medium",
                _ => "high",
            });
        }
    }

    private static void AddArguments(OrderedDictionary<string, JinjaValue> variables, ChatOptions? chatOptions)
    {
        if (chatOptions?.AdditionalProperties?.TryGetValue(GenerationOptionNames.TemplateArguments, out var given) != true || given is null)
        {
            return;
        }

        var arguments = given as JsonElement? ?? JsonSerializer.SerializeToElement(given, AIJsonUtilities.DefaultOptions);
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            throw new ChatTemplateException($"{GenerationOptionNames.TemplateArguments} must be a JSON object.");
        }

        foreach (var (name, value) in ((JinjaObject)JinjaJson.From(arguments)).Entries)
        {
            // The conversation itself is not the caller's to replace by the back door.
            if (!variables.ContainsKey(name) || name is "enable_thinking" or "reasoning_effort")
            {
                variables[name] = value;
            }
        }
    }
}
