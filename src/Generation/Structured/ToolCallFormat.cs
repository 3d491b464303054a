namespace GenAI.Generation.Structured;

/// <summary>How a model writes a tool call.</summary>
public enum ToolCallFormat
{
    /// <summary><c>&lt;tool_call&gt;{"name": …, "arguments": {…}}&lt;/tool_call&gt;</c>: Hermes, Qwen, and models without a format of their own.</summary>
    Hermes,

    /// <summary><c>{"name": …, "parameters": {…}}</c> as the whole answer, perhaps after <c>&lt;|python_tag|&gt;</c>: Llama 3.</summary>
    LlamaJson,

    /// <summary><c>[TOOL_CALLS][{"name": …, "arguments": {…}}]</c> or <c>[TOOL_CALLS]name[ARGS]{…}</c>: Mistral.</summary>
    Mistral,

    /// <summary><c>&lt;tool_call&gt;&lt;function=name&gt;&lt;parameter=key&gt;value…</c>: Qwen3-Coder. A required call is made in the form of Hermes, which is read as well.</summary>
    FunctionMarkup,

    /// <summary><c>&lt;｜tool▁calls▁begin｜&gt;…</c>: DeepSeek. A required call is made in the form of Hermes, which is read as well.</summary>
    DeepSeek,

    /// <summary><c>&lt;|channel|&gt;commentary to=functions.name&lt;|message|&gt;{…}</c>: GPT-OSS.</summary>
    Harmony,
}
