using System.Globalization;
using System.Text;
using GenAI.Gateway.Chain;
using GenAI.Generation;
using GenAI.Guardrails;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>The response headers of a completion. They leave with the first byte, so a stream shows what is known by then.</summary>
internal static class ChatHeaders
{
    public static void Set(HttpResponse response, string model, AdditionalPropertiesDictionary? properties)
    {
        var headers = response.Headers;
        headers["x-genai-model"] = Safe(model);
        if (properties is null)
        {
            return;
        }

        if (properties.TryGetValue(ChainPropertyNames.AnswerPolicy, out var policy) && policy is string name)
        {
            headers["x-genai-answer-policy"] = Safe(name);
        }

        if (properties.TryGetValue(GenerationOptionNames.QueueMilliseconds, out var queue) && queue is double milliseconds)
        {
            headers["x-genai-queue-ms"] = milliseconds.ToString("0.###", CultureInfo.InvariantCulture);
        }

        if (properties.TryGetValue(GuardrailPropertyNames.Verdicts, out var value) && value is IReadOnlyList<RailVerdict> verdicts)
        {
            SetVerdicts(headers, verdicts);
        }
    }

    public static void SetVerdicts(IHeaderDictionary headers, IReadOnlyList<RailVerdict> verdicts)
    {
        if (verdicts.Count > 0)
        {
            headers["x-genai-guardrails"] = Describe(verdicts);
        }
    }

    /// <summary>Such as <c>pii/1;stage=input;action=mask;reason=email</c>, comma separated.</summary>
    public static string Describe(IReadOnlyList<RailVerdict> verdicts)
    {
        var text = new StringBuilder();
        foreach (var verdict in verdicts.Take(16))
        {
            text.Append(text.Length > 0 ? ", " : "")
                .Append(verdict.Rail).Append(";stage=").Append(verdict.Stage).Append(";action=").Append(verdict.Action);
            if (verdict.Reason.Length > 0)
            {
                text.Append(";reason=").Append(verdict.Reason);
            }
        }

        return Safe(text.ToString().ToLowerInvariant());
    }

    private static string Safe(string value) => string.Create(value.Length, value, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
        }
    });
}
