using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chain;

/// <summary>The measurements of one chat call. Not thread safe.</summary>
internal sealed class TelemetryCall : IDisposable
{
    private readonly GenAITelemetry _telemetry;
    private readonly TimeProvider _clock;
    private readonly string _model;
    private readonly RequestScope? _scope;
    private readonly Activity? _activity;
    private readonly long _start;
    private long _firstChunk;
    private int _chunks;
    private string? _error;

    public TelemetryCall(GenAITelemetry telemetry, TimeProvider clock, ChatOptions? options, bool stream)
    {
        _telemetry = telemetry;
        _clock = clock;
        _model = options?.ModelId ?? "unknown";
        _scope = RequestScope.Of(options);
        _start = clock.GetTimestamp();
        telemetry.Active.Add(1);
        _activity = telemetry.Source.StartActivity($"chat {_model}", ActivityKind.Client);
        if (_activity is { IsAllDataRequested: true })
        {
            TagRequest(_activity, options, stream);
        }
    }

    public void Chunk()
    {
        if (_chunks++ == 0)
        {
            _firstChunk = _clock.GetTimestamp();
        }
    }

    public void Complete(ChatFinishReason? finish, string? responseId)
    {
        _activity?.SetTag(GenAITelemetry.ResponseId, responseId);
        if (finish is { } reason)
        {
            _activity?.SetTag(GenAITelemetry.ResponseFinishReasons, new[] { reason.Value });
        }
    }

    public void Fail(Exception exception)
    {
        _error = exception.GetType().Name;
        _activity?.SetTag(GenAITelemetry.ErrorType, _error);
        _activity?.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        var end = _clock.GetTimestamp();
        var tags = new TagList { { GenAITelemetry.OperationName, "chat" }, { GenAITelemetry.RequestModel, _model } };
        if (_chunks > 0)
        {
            var toFirst = _clock.GetElapsedTime(_start, _firstChunk).TotalSeconds;
            _telemetry.TimeToFirstChunk.Record(toFirst, tags);
            _activity?.SetTag(GenAITelemetry.ResponseTimeToFirstChunk, toFirst);
            if (_chunks > 1)
            {
                _telemetry.TimePerOutputChunk.Record(_clock.GetElapsedTime(_firstChunk, end).TotalSeconds / (_chunks - 1), tags);
            }
        }

        RecordUsage(tags);
        if (_error is not null)
        {
            tags.Add(GenAITelemetry.ErrorType, _error);
        }

        _telemetry.OperationDuration.Record(_clock.GetElapsedTime(_start, end).TotalSeconds, tags);
        _telemetry.Active.Add(-1);
        _activity?.Dispose();
    }

    private void RecordUsage(TagList tags)
    {
        if (_scope?.Usage is not { ModelRan: true } usage)
        {
            return;
        }

        _activity?.SetTag(GenAITelemetry.InputTokens, usage.InputTokens);
        _activity?.SetTag(GenAITelemetry.OutputTokens, usage.OutputTokens);
        _activity?.SetTag(GenAITelemetry.CachedInputTokens, usage.CachedInputTokens);
        var input = tags;
        input.Add(GenAITelemetry.TokenType, "input");
        _telemetry.TokenUsage.Record(usage.InputTokens, input);
        var output = tags;
        output.Add(GenAITelemetry.TokenType, "output");
        _telemetry.TokenUsage.Record(usage.OutputTokens, output);
    }

    private static void TagRequest(Activity activity, ChatOptions? options, bool stream)
    {
        activity.SetTag(GenAITelemetry.OperationName, "chat");
        activity.SetTag(GenAITelemetry.ProviderName, "genai");
        activity.SetTag(GenAITelemetry.RequestModel, options?.ModelId);
        activity.SetTag(GenAITelemetry.RequestTemperature, options?.Temperature);
        activity.SetTag(GenAITelemetry.RequestTopP, options?.TopP);
        activity.SetTag(GenAITelemetry.RequestTopK, options?.TopK);
        activity.SetTag(GenAITelemetry.RequestMaxTokens, options?.MaxOutputTokens);
        activity.SetTag(GenAITelemetry.RequestSeed, options?.Seed);
        activity.SetTag(GenAITelemetry.RequestStream, stream);
    }
}
