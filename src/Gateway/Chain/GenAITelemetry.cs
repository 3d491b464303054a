using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GenAI.Gateway.Chain;

/// <summary>
/// Instruments and names of the OpenTelemetry GenAI conventions (status Development), as Microsoft.Extensions.AI 10.11
/// uses them. No message content is ever recorded.
/// </summary>
internal sealed class GenAITelemetry : IDisposable
{
    public const string SourceName = "GenAI.Gateway";

    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestTemperature = "gen_ai.request.temperature";
    public const string RequestTopP = "gen_ai.request.top_p";
    public const string RequestTopK = "gen_ai.request.top_k";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string RequestSeed = "gen_ai.request.seed";
    public const string RequestStream = "gen_ai.request.stream";
    public const string ResponseId = "gen_ai.response.id";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ResponseFinishReasons = "gen_ai.response.finish_reasons";
    public const string ResponseTimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CachedInputTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string TokenType = "gen_ai.token.type";
    public const string ErrorType = "error.type";

    private readonly Meter _meter;

    public GenAITelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(SourceName);
        OperationDuration = _meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "Duration of a GenAI operation.");
        TokenUsage = _meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}", "Tokens used by an operation.");
        TimeToFirstChunk = _meter.CreateHistogram<double>("gen_ai.client.operation.time_to_first_chunk", "s", "Time to the first chunk of a stream.");
        TimePerOutputChunk = _meter.CreateHistogram<double>("gen_ai.client.operation.time_per_output_chunk", "s", "Time per chunk after the first.");
        Active = _meter.CreateUpDownCounter<long>("genai.requests.processing", "{request}", "Requests in the chain.");
    }

    public ActivitySource Source { get; } = new(SourceName);

    public Histogram<double> OperationDuration { get; }

    public Histogram<long> TokenUsage { get; }

    public Histogram<double> TimeToFirstChunk { get; }

    public Histogram<double> TimePerOutputChunk { get; }

    public UpDownCounter<long> Active { get; }

    public void Dispose()
    {
        Source.Dispose();
        _meter.Dispose();
    }
}
