using GenAI.Gateway.Auditing;
using GenAI.Gateway.Security;
using GenAI.Guardrails;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chain;

/// <summary>Gathers the audit line of one chat call and writes it when disposed. Not thread safe.</summary>
internal sealed class AuditCall(AuditLog log, TimeProvider clock, ChatOptions? options) : IDisposable
{
    private readonly DateTimeOffset _time = clock.GetUtcNow();
    private readonly long _start = clock.GetTimestamp();
    private readonly List<RailVerdict> _verdicts = [];

    // A stream that nobody reads to its end was given up by its reader.
    private string _outcome = "cancelled";
    private long _firstChunk;
    private ChatFinishReason? _finish;
    private string? _policy;
    private string? _failure;

    public void Observe(ChatResponseUpdate update)
    {
        if (_firstChunk == 0 && update.Contents.Count > 0)
        {
            _firstChunk = clock.GetTimestamp();
        }

        _finish = update.FinishReason ?? _finish;
        Observe(update.AdditionalProperties);
    }

    public void Observe(ChatResponse response)
    {
        _finish = response.FinishReason;
        Observe(response.AdditionalProperties);
        End();
    }

    public void End() => _outcome = "completed";

    public void Fail(Exception exception)
    {
        _outcome = exception switch
        {
            OperationCanceledException => "cancelled",
            GuardrailBlockedException => "blocked",
            _ => "failed",
        };
        _failure = _outcome == "failed" ? exception.GetType().Name : null;
        if (exception is GuardrailBlockedException blocked)
        {
            _verdicts.AddRange(blocked.Verdicts);
        }
    }

    public void Dispose()
    {
        var scope = RequestScope.Of(options);
        var usage = scope?.Usage;
        usage?.Close();
        var principal = scope?.Principal ?? Principal.Local;
        log.Append(new AuditEntry
        {
            Time = _time,
            RequestId = scope?.RequestId ?? "",
            Principal = principal.Name,
            Tenant = principal.Tenant,
            Operation = "chat",
            Model = options?.ModelId ?? "",
            Choice = scope?.Choice ?? 0,
            RetryCount = scope?.RetryCount ?? 0,
            Outcome = _outcome,
            FinishReason = _finish?.Value,
            AnswerPolicy = _policy,
            Failure = _failure,
            InputTokens = usage?.InputTokens ?? 0,
            CachedInputTokens = usage?.CachedInputTokens ?? 0,
            OutputTokens = usage?.OutputTokens ?? 0,
            UsageSource = usage is not { ModelRan: true } ? "none" : usage.IsReported ? "engine" : "counted",
            Duration = clock.GetElapsedTime(_start),
            TimeToFirstChunk = _firstChunk == 0 ? null : clock.GetElapsedTime(_start, _firstChunk),
            Verdicts = _verdicts,
        });
    }

    private void Observe(AdditionalPropertiesDictionary? properties)
    {
        if (properties is null)
        {
            return;
        }

        if (properties.TryGetValue(GuardrailPropertyNames.Verdicts, out var value) && value is IReadOnlyList<RailVerdict> verdicts)
        {
            _verdicts.AddRange(verdicts);
        }

        if (properties.TryGetValue(ChainPropertyNames.AnswerPolicy, out var policy) && policy is string name)
        {
            _policy = name;
        }
    }
}
