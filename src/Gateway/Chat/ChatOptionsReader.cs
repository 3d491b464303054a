using System.Globalization;
using System.Text.Json;
using GenAI.Gateway.Errors;
using GenAI.Gateway.Json;
using GenAI.Generation;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>Reads the sampling fields.</summary>
internal static class ChatOptionsReader
{
    private const int MaxStopSequences = 16;
    private const int MaxGrammarLength = 64 * 1024;

    public static ChatOptions Read(JsonFields fields, string model)
    {
        var options = new ChatOptions
        {
            ModelId = model,
            MaxOutputTokens = MaxTokens(fields),
            Temperature = (float?)fields.Number("temperature", 0, 2),
            TopP = (float?)fields.Number("top_p", 0, 1),
            TopK = (int?)fields.Integer("top_k", 0, int.MaxValue),
            FrequencyPenalty = (float?)fields.Number("frequency_penalty", -2, 2),
            PresencePenalty = (float?)fields.Number("presence_penalty", -2, 2),
            Seed = fields.Integer("seed", long.MinValue, long.MaxValue),
            StopSequences = StopSequences(fields),
        };

        var extras = new AdditionalPropertiesDictionary();
        AddNumber(extras, GenerationOptionNames.MinP, fields.Number("min_p", 0, 1));
        AddNumber(extras, GenerationOptionNames.RepeatPenalty, fields.Number("repeat_penalty", 0, 10) ?? fields.Number("repetition_penalty", 0, 10));
        AddNumber(extras, GenerationOptionNames.RepetitionLimit, fields.Integer("repetition_limit", 0, int.MaxValue));
        AddTextAndObject(extras, fields);
        AddLogProbs(extras, fields);
        AddLogitBias(extras, fields);
        options.AdditionalProperties = extras;
        return options;
    }

    private static int? MaxTokens(JsonFields fields) =>
        (int?)(fields.Integer("max_completion_tokens", 1, int.MaxValue) ?? fields.Integer("max_tokens", 1, int.MaxValue));

    private static List<string>? StopSequences(JsonFields fields)
    {
        if (!fields.TryGet("stop", out var stop))
        {
            return null;
        }

        // An empty stop string would end every answer before it began.
        IEnumerable<string> sequences = stop.ValueKind == JsonValueKind.Array
            ? fields.Texts("stop", MaxStopSequences)
            : [JsonFields.AsText(stop, "stop")];
        var kept = sequences.Where(sequence => sequence.Length > 0).ToList();
        return kept.Count > 0 ? kept : null;
    }

    private static void AddNumber(AdditionalPropertiesDictionary extras, string name, double? value)
    {
        if (value is { } number)
        {
            extras[name] = number;
        }
    }

    // As llama-server names them.
    private static void AddTextAndObject(AdditionalPropertiesDictionary extras, JsonFields fields)
    {
        if (fields.Text("grammar", MaxGrammarLength) is { Length: > 0 } grammar)
        {
            extras[GenerationOptionNames.Grammar] = grammar;
        }

        if (fields.Object("chat_template_kwargs") is { } arguments)
        {
            // The body is returned to its pool before the template is rendered.
            extras[GenerationOptionNames.TemplateArguments] = arguments.Element.Clone();
        }
    }

    private static void AddLogProbs(AdditionalPropertiesDictionary extras, JsonFields fields)
    {
        var wanted = fields.Truth("logprobs") ?? false;
        var top = (int?)fields.Integer("top_logprobs", 0, 20);
        if (top > 0 && !wanted)
        {
            throw fields.Invalid("top_logprobs", "needs 'logprobs' to be true");
        }

        if (wanted)
        {
            extras[GenerationOptionNames.TopLogProbs] = top ?? 0;
        }
    }

    private static void AddLogitBias(AdditionalPropertiesDictionary extras, JsonFields fields)
    {
        if (fields.Object("logit_bias") is not { } map)
        {
            return;
        }

        var bias = new Dictionary<int, double>();
        foreach (var item in map.Element.EnumerateObject())
        {
            if (!int.TryParse(item.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var token))
            {
                throw new ApiException(ApiErrors.Invalid($"'logit_bias' maps token ids to numbers; '{item.Name}' is not a token id.", "logit_bias"));
            }

            if (map.Number(item.Name, -100, 100) is { } number)
            {
                bias[token] = number;
            }
        }

        if (bias.Count > 0)
        {
            extras[GenerationOptionNames.LogitBias] = bias;
        }
    }
}
