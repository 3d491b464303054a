using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured.Output;

/// <summary>
/// Qwen3-Coder's calls: <c>&lt;function=NAME&gt;</c> with a <c>&lt;parameter=NAME&gt;</c> for each argument between
/// <c>&lt;tool_call&gt;</c> marks. Values are bare; the tool's schema says which of them are texts. JSON between the
/// same marks is read too, since a call that is required is made in that form.
/// </summary>
internal sealed class FunctionMarkupCalls(IReadOnlyDictionary<string, AIFunctionDeclaration> tools) : CallSyntax
{
    private const string Closing = "</tool_call>";
    private const string FunctionOpening = "<function=";
    private const string FunctionClosing = "</function>";
    private const string ParameterOpening = "<parameter=";
    private const string ParameterClosing = "</parameter>";

    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HermesCalls _json = new();

    public override string Opening => "<tool_call>";

    public override CallReading? Read(string body)
    {
        var start = body.AsSpan().TrimStart();
        if (start.Length == 0 || FunctionOpening.AsSpan().StartsWith(start))
        {
            return null;
        }

        if (!start.StartsWith(FunctionOpening))
        {
            return _json.Read(body);
        }

        // A value may hold the closing mark; the call ends at the one that stands right behind its function.
        var at = body.IndexOf(Closing, StringComparison.Ordinal);
        while (at >= 0 && !body.AsSpan(0, at).TrimEnd().EndsWith(FunctionClosing))
        {
            at = body.IndexOf(Closing, at + 1, StringComparison.Ordinal);
        }

        return at < 0 ? null : new CallReading(at + Closing.Length, ReadFunction(body.AsSpan(0, at).Trim().ToString()) is { } call ? [call] : null);
    }

    /// <inheritdoc/>
    public override CallReading? ReadLast(string body) =>
        ReadFunction(body.Trim()) is { } call ? new CallReading(body.Length, [call]) : _json.ReadLast(body);

    private FunctionCallContent? ReadFunction(string text)
    {
        var name = text.IndexOf('>', StringComparison.Ordinal);
        if (!text.StartsWith(FunctionOpening, StringComparison.Ordinal) || !text.EndsWith(FunctionClosing, StringComparison.Ordinal) || name > text.Length - FunctionClosing.Length)
        {
            return null;
        }

        var function = text[FunctionOpening.Length..name].Trim();
        var inner = text[(name + 1)..^FunctionClosing.Length].Trim();
        var arguments = new JsonObject();
        while (inner.Length > 0)
        {
            var nameEnd = inner.IndexOf('>', StringComparison.Ordinal);
            var end = EndOfParameter(inner);
            if (!inner.StartsWith(ParameterOpening, StringComparison.Ordinal) || nameEnd < 0 || end < nameEnd)
            {
                return null;
            }

            var parameter = inner[ParameterOpening.Length..nameEnd].Trim();
            arguments[parameter] = ValueOf(function, parameter, Unwrap(inner[(nameEnd + 1)..end]));
            inner = inner[(end + ParameterClosing.Length)..].TrimStart();
        }

        return CallJson.Make(function, arguments.ToJsonString(s_relaxed));
    }

    /// <summary>The closing mark that the next parameter, or nothing, follows; others belong to the value.</summary>
    private static int EndOfParameter(string text)
    {
        for (var at = text.IndexOf(ParameterClosing, StringComparison.Ordinal); at >= 0; at = text.IndexOf(ParameterClosing, at + 1, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(at + ParameterClosing.Length).TrimStart();
            if (rest.Length == 0 || rest.StartsWith(ParameterOpening))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The value stands on lines of its own: one break on each side is markup.</summary>
    private static string Unwrap(string value)
    {
        value = value.StartsWith('\n') ? value[1..] : value;
        return value.EndsWith('\n') ? value[..^1] : value;
    }

    private JsonNode? ValueOf(string function, string parameter, string text)
    {
        if (IsText(function, parameter))
        {
            return JsonValue.Create(text);
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private bool IsText(string function, string parameter) =>
        tools.TryGetValue(function, out var tool)
        && tool.JsonSchema.ValueKind == JsonValueKind.Object
        && tool.JsonSchema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty(parameter, out var schema) && schema.ValueKind == JsonValueKind.Object
        && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("string");
}
