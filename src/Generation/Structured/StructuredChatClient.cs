using System.Runtime.CompilerServices;
using GenAI.Generation.Structured.Grammars;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured;

/// <summary>
/// Makes a model keep to a response format or call a tool: it turns either into a grammar, which the model below reads from
/// <see cref="GenerationOptionNames.Grammar"/>, and tells the model in words what is wanted, since a grammar cuts answers but explains
/// nothing. It stands right above a local model; a caller's own grammar is
/// left as it is, once its size is known to be bearable. Safe for concurrent use.
/// </summary>
public sealed class StructuredChatClient : DelegatingChatClient
{
    private readonly string _templateSource;
    private readonly ReasoningSwitch _reasoning;
    private readonly bool _isHarmony;
    private readonly JsonSchemaGrammarOptions _options;

    /// <param name="templateSource">The model's chat template: it tells how the model writes tool calls and whether it is shown the tools.</param>
    public StructuredChatClient(IChatClient innerClient, string templateSource, JsonSchemaGrammarOptions? options = null)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(templateSource);
        _templateSource = templateSource;
        _options = options ?? new JsonSchemaGrammarOptions();
        _reasoning = new ReasoningSwitch(templateSource);
        _isHarmony = ToolCallFormats.Detect(templateSource) == ToolCallFormat.Harmony;
    }

    /// <exception cref="GenerationException">The schema or the tool choice cannot be honoured (<see cref="GenerationFailure.InvalidRequest"/>).</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (constrainedMessages, constrainedOptions) = Constrain(messages, options);
        var response = await base.GetResponseAsync(constrainedMessages, constrainedOptions, cancellationToken);
        var cut = new CallCut(options);
        foreach (var message in response.Messages)
        {
            message.Contents = cut.Apply(message.Contents);
        }

        return response;
    }

    /// <inheritdoc cref="GetResponseAsync" />
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (constrainedMessages, constrainedOptions) = Constrain(messages, options);
        var cut = new CallCut(options);
        await foreach (var update in base.GetStreamingResponseAsync(constrainedMessages, constrainedOptions, cancellationToken))
        {
            update.Contents = cut.Apply(update.Contents);
            yield return update;
        }
    }

    private (IEnumerable<ChatMessage> Messages, ChatOptions? Options) Constrain(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (options is null)
        {
            return (messages, options);
        }

        if (options.AdditionalProperties?.TryGetValue(GenerationOptionNames.Grammar, out var given) == true)
        {
            // Ours are bounded where they are made.
            if (given?.ToString() is { Length: > 0 } grammar)
            {
                GrammarLimits.Check(grammar);
            }

            return (messages, options);
        }

        try
        {
            if (options.ToolMode is RequiredChatToolMode required)
            {
                return ConstrainToCall(messages, options, required);
            }

            if (options.ResponseFormat is ChatResponseFormatJson format)
            {
                return ConstrainToFormat(messages, options, format);
            }
        }
        catch (UnsupportedSchemaException e)
        {
            throw new GenerationException(GenerationFailure.InvalidRequest, e.Message, e);
        }

        return WithToolHint(messages, options);
    }

    private (IEnumerable<ChatMessage> Messages, ChatOptions? Options) ConstrainToFormat(IEnumerable<ChatMessage> messages, ChatOptions options, ChatResponseFormatJson format)
    {
        var schema = format.Schema ?? JsonGrammar.AnyObjectSchema;
        var tools = options.ToolMode is NoneChatToolMode ? [] : Functions(options);
        var grammar = tools.Count == 0
            ? Prefixed(_isHarmony ? ToolCallGrammar.HarmonyAnswer : "", JsonSchemaGrammar.Compile(schema, _options))
            : ToolCallGrammar.Compile(tools, ToolCallFormats.Detect(_templateSource), options.AllowMultipleToolCalls != false, schema, _options);
        var (shown, _) = WithToolHint(messages, options);
        return (StructuredHints.Add(shown, StructuredHints.ForFormat(format)), WithGrammar(options, grammar));
    }

    private (IEnumerable<ChatMessage> Messages, ChatOptions? Options) ConstrainToCall(IEnumerable<ChatMessage> messages, ChatOptions options, RequiredChatToolMode required)
    {
        var tools = Functions(options);
        var callable = tools.Where(t => required.RequiredFunctionName is null || t.Name == required.RequiredFunctionName).ToList();
        if (callable.Count == 0)
        {
            throw new GenerationException(GenerationFailure.InvalidRequest, required.RequiredFunctionName is { } name
                ? $"tool_choice names the function '{name}', which is not among the tools."
                : "tool_choice requires a tool call, but the request has no function tools.");
        }

        var format = ToolCallFormats.Detect(_templateSource);
        var allowMany = options.AllowMultipleToolCalls != false && required.RequiredFunctionName is null;
        var hint = StructuredHints.ForRequiredCall(callable, format);
        if (!ToolCallFormats.ShowsTools(_templateSource))
        {
            hint = StructuredHints.ForTools(tools, format) + "\n\n" + hint;
        }

        return (StructuredHints.Add(messages, hint), WithGrammar(options, ToolCallGrammar.Compile(callable, format, allowMany, options: _options)));
    }

    /// <summary>A template that does not write the tools into the prompt leaves that to us; the model calls them of its own accord or not.</summary>
    private (IEnumerable<ChatMessage> Messages, ChatOptions? Options) WithToolHint(IEnumerable<ChatMessage> messages, ChatOptions options)
    {
        var tools = Functions(options);
        return tools.Count == 0 || options.ToolMode is NoneChatToolMode || ToolCallFormats.ShowsTools(_templateSource)
            ? (messages, options)
            : (StructuredHints.Add(messages, StructuredHints.ForTools(tools, ToolCallFormats.Detect(_templateSource))), options);
    }

    private static List<AIFunctionDeclaration> Functions(ChatOptions options) => [.. (options.Tools ?? []).OfType<AIFunctionDeclaration>()];

    /// <summary>
    /// A grammar leaves no room to think aloud, so thinking is switched off; where the prompt opens it all the same, the
    /// answer begins by closing it, or all of it would count as thought.
    /// </summary>
    private ChatOptions WithGrammar(ChatOptions options, string grammar)
    {
        var result = options.Clone();
        if (_reasoning.Reasons)
        {
            result.Reasoning = new ReasoningOptions { Effort = ReasoningEffort.None, Output = options.Reasoning?.Output };
        }

        result.AdditionalProperties ??= [];
        result.AdditionalProperties[GenerationOptionNames.Grammar] = _reasoning.IsOpened(result) ? Prefixed("\"</think>\\n\\n\"", grammar) : grammar;
        return result;
    }

    private static string Prefixed(string prefix, string grammar)
    {
        const string Root = "root ::= ";
        var end = grammar.IndexOf('\n', StringComparison.Ordinal);
        return prefix.Length == 0 ? grammar : $"{Root}{prefix} ({grammar[Root.Length..end]}){grammar[end..]}";
    }
}
