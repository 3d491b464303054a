using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GenAI.Gateway.Json;
using GenAI.Generation;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>
/// Bytes of one stream's chunks. Invariants: id, object, created and model are the same bytes in every chunk; each
/// method writes one whole event with its blank line. Hot path: all that is constant is encoded once. Not thread safe.
/// </summary>
internal sealed class ChatChunkWriter : IDisposable
{
    private readonly byte[] _head;
    private readonly byte[] _tail;
    private readonly byte[] _lastTail;
    private readonly Utf8JsonWriter _json;
    private byte[] _policy = [];

    public ChatChunkWriter(ChatCompletionIdentity identity, bool includeUsage)
    {
        _head = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"data: {{\"id\":\"{identity.Id}\",\"object\":\"chat.completion.chunk\",\"created\":{identity.Created},\"model\":\"{JsonEncodedText.Encode(identity.Model, JsonResponse.WriterOptions.Encoder)}\",\"system_fingerprint\":\"{identity.Fingerprint}\",\"choices\":["));
        _tail = includeUsage ? "}],\"usage\":null"u8.ToArray() : "}]"u8.ToArray();
        _lastTail = "}\n\n"u8.ToArray();
        _json = new Utf8JsonWriter(Stream.Null, JsonResponse.WriterOptions);
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Shown in the chunks from here on that ask for it.</summary>
    public void SetPolicy(string policy) =>
        _policy = Encoding.UTF8.GetBytes($",\"x_answer_policy\":\"{JsonEncodedText.Encode(policy)}\"");

    public void Role(IBufferWriter<byte> output, int choice)
    {
        Open(output, choice);
        output.Write("{\"role\":\"assistant\",\"content\":\"\"}"u8);
        Close(output, null, null, showPolicy: true);
    }

    /// <param name="field">content, reasoning_content or refusal.</param>
    public void Text(IBufferWriter<byte> output, int choice, ReadOnlySpan<byte> field, string text, IReadOnlyList<TokenLogProb>? logProbs = null)
    {
        Open(output, choice);
        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteString(field, text);
        _json.WriteEndObject();
        _json.Flush();
        Close(output, logProbs, null);
    }

    public void Annotations(IBufferWriter<byte> output, int choice, IReadOnlyList<CitationAnnotation> citations)
    {
        Open(output, choice);
        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteString("content"u8, ""u8);
        AnnotationJson.Write(_json, citations);
        _json.WriteEndObject();
        _json.Flush();
        Close(output, null, null, showPolicy: true);
    }

    /// <summary>A whole tool call as two deltas: id and name once, then the arguments.</summary>
    public void ToolCall(IBufferWriter<byte> output, int choice, int index, FunctionCallContent call)
    {
        Open(output, choice);
        OpenToolCall(output, index);
        _json.WriteString("id"u8, call.CallId);
        _json.WriteString("type"u8, "function"u8);
        _json.WriteStartObject("function"u8);
        _json.WriteString("name"u8, call.Name);
        _json.WriteString("arguments"u8, ""u8);
        CloseToolCall(output);

        Open(output, choice);
        OpenToolCall(output, index);
        _json.WriteStartObject("function"u8);
        _json.WriteString("arguments"u8, ToolArguments.Json(call));
        CloseToolCall(output);
    }

    public void Finish(IBufferWriter<byte> output, int choice, string reason)
    {
        Open(output, choice);
        output.Write("{}"u8);
        Close(output, null, reason, showPolicy: true);
    }

    public void Usage(IBufferWriter<byte> output, ChatUsage usage)
    {
        output.Write(_head);
        output.Write("],\"usage\":"u8);
        _json.Reset(output);
        usage.Write(_json);
        _json.Flush();
        output.Write(_lastTail);
    }

    public static void Done(IBufferWriter<byte> output) => output.Write("data: [DONE]\n\n"u8);

    private void Open(IBufferWriter<byte> output, int choice)
    {
        output.Write(_head);
        output.Write("{\"index\":"u8);
        output.Write([(byte)('0' + choice)]);
        output.Write(",\"delta\":"u8);
    }

    private void Close(IBufferWriter<byte> output, IReadOnlyList<TokenLogProb>? logProbs, string? reason, bool showPolicy = false)
    {
        if (logProbs is null)
        {
            output.Write(",\"logprobs\":null"u8);
        }
        else
        {
            output.Write(",\"logprobs\":"u8);
            _json.Reset(output);
            LogProbsJson.Write(_json, logProbs);
            _json.Flush();
        }

        if (reason is null)
        {
            output.Write(",\"finish_reason\":null"u8);
        }
        else
        {
            output.Write(",\"finish_reason\":\""u8);
            output.Write(Encoding.ASCII.GetBytes(reason));
            output.Write("\""u8);
        }

        output.Write(_tail);
        if (showPolicy)
        {
            output.Write(_policy);
        }

        output.Write(_lastTail);
    }

    private void OpenToolCall(IBufferWriter<byte> output, int index)
    {
        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteStartArray("tool_calls"u8);
        _json.WriteStartObject();
        _json.WriteNumber("index"u8, index);
    }

    private void CloseToolCall(IBufferWriter<byte> output)
    {
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        Close(output, null, null);
    }
}
