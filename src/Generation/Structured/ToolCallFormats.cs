using GenAI.Generation.Structured.Output;

namespace GenAI.Generation.Structured;

/// <summary>Reads a model's habits off its chat template, which shows the model the same markup it is to write.</summary>
public static class ToolCallFormats
{
    public static ToolCallFormat Detect(string templateSource)
    {
        ArgumentNullException.ThrowIfNull(templateSource);
        (string Mark, ToolCallFormat Format)[] marks =
        [
            ("[TOOL_CALLS]", ToolCallFormat.Mistral),
            ("<parameter=", ToolCallFormat.FunctionMarkup),
            (DeepSeekCalls.Begin, ToolCallFormat.DeepSeek),
            ("<|channel|>", ToolCallFormat.Harmony),
        ];
        if (marks.FirstOrDefault(mark => templateSource.Contains(mark.Mark, StringComparison.Ordinal)) is { Mark: not null } found)
        {
            return found.Format;
        }

        var isLlama = templateSource.Contains("<|python_tag|>", StringComparison.Ordinal)
            || (templateSource.Contains("<|start_header_id|>", StringComparison.Ordinal) && templateSource.Contains("\"parameters\"", StringComparison.Ordinal));
        return isLlama && !templateSource.Contains("<tool_call>", StringComparison.Ordinal) ? ToolCallFormat.LlamaJson : ToolCallFormat.Hermes;
    }

    /// <summary>Whether the template writes the tools into the prompt by itself.</summary>
    public static bool ShowsTools(string templateSource)
    {
        ArgumentNullException.ThrowIfNull(templateSource);
        return templateSource.Contains("tools", StringComparison.Ordinal);
    }

    /// <summary>Whether the model thinks aloud between <c>&lt;think&gt;</c> and <c>&lt;/think&gt;</c>.</summary>
    public static bool Reasons(string templateSource)
    {
        ArgumentNullException.ThrowIfNull(templateSource);
        return templateSource.Contains("</think>", StringComparison.Ordinal) || templateSource.Contains("<think>", StringComparison.Ordinal);
    }
}
