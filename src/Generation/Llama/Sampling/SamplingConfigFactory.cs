using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Llama.Sampling;

/// <summary>Reads a request's sampling options; what is out of range is refused with its name and range.</summary>
internal static class SamplingConfigFactory
{
    /// <exception cref="GenerationException">An option is out of range (<see cref="GenerationFailure.InvalidRequest"/>).</exception>
    public static SamplingConfig Create(ChatOptions? options, LlamaChatClientOptions defaults, int vocabularySize)
    {
        var extra = options?.AdditionalProperties;
        return new SamplingConfig
        {
            Temperature = (float)InRange("temperature", options?.Temperature ?? defaults.Temperature, 0, 100),
            TopK = (int)InRange("top_k", options?.TopK ?? defaults.TopK, 0, int.MaxValue),
            TopP = (float)InRange("top_p", options?.TopP ?? defaults.TopP, 0, 1),
            MinP = (float)InRange(GenerationOptionNames.MinP, Number(extra, GenerationOptionNames.MinP) ?? defaults.MinP, 0, 1),
            RepeatPenalty = (float)InRange(GenerationOptionNames.RepeatPenalty, Number(extra, GenerationOptionNames.RepeatPenalty) ?? defaults.RepeatPenalty, 0.01, 100),
            FrequencyPenalty = (float)InRange("frequency_penalty", options?.FrequencyPenalty ?? 0, -2, 2),
            PresencePenalty = (float)InRange("presence_penalty", options?.PresencePenalty ?? 0, -2, 2),
            LogitBias = Bias(extra, vocabularySize),
            Seed = options?.Seed is { } seed ? unchecked((ulong)seed) : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)),
            IsSeeded = options?.Seed is not null,
            Grammar = Value(extra, GenerationOptionNames.Grammar) switch
            {
                null => null,
                string text => text,
                JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
                _ => throw Invalid($"'{GenerationOptionNames.Grammar}' must be a string with a GBNF grammar."),
            },
            TopLogProbs = Number(extra, GenerationOptionNames.TopLogProbs) is { } top
                ? (int)InRange(GenerationOptionNames.TopLogProbs, top, 0, 20)
                : null,
        };
    }

    /// <summary>A length that the caller names bounds the answer already.</summary>
    /// <exception cref="GenerationException">The option is out of range (<see cref="GenerationFailure.InvalidRequest"/>).</exception>
    public static int RepetitionLimit(ChatOptions? options, LlamaChatClientOptions defaults) =>
        (int)InRange(
            GenerationOptionNames.RepetitionLimit,
            Number(options?.AdditionalProperties, GenerationOptionNames.RepetitionLimit) ?? (options?.MaxOutputTokens is null ? defaults.RepetitionLimit : 0),
            0,
            int.MaxValue);

    public static string Tenant(ChatOptions? options) =>
        Value(options?.AdditionalProperties, GenerationOptionNames.Tenant)?.ToString() ?? string.Empty;

    private static IReadOnlyDictionary<int, double>? Bias(AdditionalPropertiesDictionary? extra, int vocabularySize)
    {
        if (Value(extra, GenerationOptionNames.LogitBias) is not { } value)
        {
            return null;
        }

        var bias = value as IReadOnlyDictionary<int, double>
            ?? throw Invalid($"'{GenerationOptionNames.LogitBias}' must map token ids to numbers.");
        foreach (var (token, amount) in bias)
        {
            if (token < 0 || token >= vocabularySize)
            {
                throw Invalid($"'{GenerationOptionNames.LogitBias}' names token {token}; the model's tokens are 0 to {vocabularySize - 1}.");
            }

            InRange(GenerationOptionNames.LogitBias, amount, -100, 100);
        }

        return bias;
    }

    private static double? Number(AdditionalPropertiesDictionary? extra, string name) =>
        Value(extra, name) switch
        {
            null => null,
            JsonElement { ValueKind: JsonValueKind.Number } json => json.GetDouble(),
            JsonElement { ValueKind: JsonValueKind.Null } => null,
            bool => throw Invalid($"'{name}' must be a number."),
            IConvertible number and not string => number.ToDouble(CultureInfo.InvariantCulture),
            _ => throw Invalid($"'{name}' must be a number."),
        };

    private static object? Value(AdditionalPropertiesDictionary? extra, string name) =>
        extra is not null && extra.TryGetValue(name, out var value) ? value : null;

    private static double InRange(string name, double value, double least, double most) =>
        value >= least && value <= most
            ? value
            : throw Invalid(string.Create(CultureInfo.InvariantCulture, $"'{name}' is {value}; it must be {least} to {most}."));

    private static GenerationException Invalid(string message) => new(GenerationFailure.InvalidRequest, message);
}
