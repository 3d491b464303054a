using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured.Output;

/// <summary>
/// GPT-OSS's messages: a header with a channel, and perhaps a recipient, then a body. The channel <c>analysis</c> is
/// reasoning, a recipient <c>functions.NAME</c> makes the body a call, the rest is answer. The contents, joined, do not
/// depend on how the stream was cut.
/// </summary>
/// <param name="readsCalls">False where no tool may be called: what the model writes to one is text then.</param>
internal sealed class HarmonyOutputParser(bool readsCalls) : IOutputParser
{
    private const string Message = "<|message|>";
    private const string Channel = "<|channel|>";
    private const string Recipient = "to=functions.";

    /// <summary>What ends a body; the model's last one may be missing, since it ends the generation.</summary>
    private static readonly string[] s_ends = ["<|end|>", "<|return|>", "<|call|>", "<|start|>", Channel];

    private string _pending = "";
    private string _header = "";
    private string? _function;
    private bool _isReasoning;
    private bool _isBody;

    public IReadOnlyList<AIContent> Push(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        _pending += piece;
        var contents = new List<AIContent>();
        while (_isBody ? StepInBody(contents) : StepInHeader())
        {
        }

        return contents;
    }

    public IReadOnlyList<AIContent> Complete()
    {
        var contents = new List<AIContent>();
        if (_isBody)
        {
            End(_pending, contents);
        }
        else if (_header.Length == 0 && !_pending.Contains("<|", StringComparison.Ordinal))
        {
            // No message ever began: what came is the answer.
            Emit(_pending, contents);
        }

        _pending = "";
        return contents;
    }

    private bool StepInHeader()
    {
        var at = _pending.IndexOf(Message, StringComparison.Ordinal);
        if (at < 0)
        {
            return false;
        }

        _header = _pending[..at];
        _pending = _pending[(at + Message.Length)..];
        _isBody = true;
        var channel = _header.LastIndexOf(Channel, StringComparison.Ordinal);
        _isReasoning = channel >= 0 && _header.AsSpan(channel + Channel.Length).TrimStart().StartsWith("analysis");
        var recipient = _header.IndexOf(Recipient, StringComparison.Ordinal);
        _function = recipient < 0 || !readsCalls ? null : NameOf(_header[(recipient + Recipient.Length)..]);
        return true;
    }

    private bool StepInBody(List<AIContent> contents)
    {
        var (at, mark) = s_ends.Select(end => (At: _pending.IndexOf(end, StringComparison.Ordinal), Mark: end))
            .Where(static found => found.At >= 0).OrderBy(static found => found.At).FirstOrDefault((-1, ""));
        if (at < 0)
        {
            if (_function is null)
            {
                var held = HeldBack(_pending);
                Emit(_pending[..^held], contents);
                _pending = _pending[^held..];
            }

            return false;
        }

        End(_pending[..at], contents);

        // These two begin the next header, which they are part of.
        _pending = mark is "<|start|>" or Channel ? _pending[at..] : _pending[(at + mark.Length)..];
        _isBody = false;
        return true;
    }

    private void End(string body, List<AIContent> contents)
    {
        if (_function is { } name)
        {
            // What turns out not to be arguments stays text.
            contents.Add(CallJson.Make(name, body.Trim()) is { } call ? call : new TextContent(body));
            _function = null;
            return;
        }

        Emit(body, contents);
    }

    private void Emit(string text, List<AIContent> contents)
    {
        if (text.Length > 0)
        {
            contents.Add(_isReasoning ? new TextReasoningContent(text) : new TextContent(text));
        }
    }

    /// <summary>Characters at the end that may still become a mark.</summary>
    private static int HeldBack(string text)
    {
        var start = text.LastIndexOf('<');
        return start >= 0 && s_ends.Any(end => end.AsSpan().StartsWith(text.AsSpan(start))) ? text.Length - start : 0;
    }

    private static string NameOf(string rest)
    {
        var end = rest.AsSpan().IndexOfAny(" \t\n<");
        return end < 0 ? rest : rest[..end];
    }
}
