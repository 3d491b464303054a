using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Llama.Text;

/// <summary>
/// Keeps text from outside from posing as the model's own marks: a message or a document that spells a special token
/// (such as the one that ends a turn) reaches the model as these letters, not as the token. Safe for concurrent use.
/// </summary>
/// <remarks>Templates render text, so the spelling is hidden behind placeholders of private-use characters while one runs.</remarks>
internal sealed partial class SpecialTextShield
{
    private readonly LlamaModel _model;
    private readonly string[] _names;
    private readonly SearchValues<string> _search;

    public SpecialTextShield(LlamaModel model)
    {
        _model = model;
        _names = [.. Enumerable.Range(0, model.VocabularySize)
            .Where(model.Native.IsControl)
            .Select(model.Native.TokenName)
            .Where(name => name.Length > 1)
            .OrderByDescending(name => name.Length)
            .ThenBy(name => name, StringComparer.Ordinal)];
        _search = SearchValues.Create(_names, StringComparison.Ordinal);
    }

    /// <summary>The messages as they are, or copies in which special names are hidden.</summary>
    public IEnumerable<ChatMessage> Hide(IEnumerable<ChatMessage> messages) => messages.Select(Hide);

    /// <summary>Tokens of a rendered prompt; hidden names become plain text again.</summary>
    public int[] Tokenize(string prompt)
    {
        var tokens = new List<int>();
        var at = 0;
        foreach (var match in Placeholder().EnumerateMatches(prompt))
        {
            if (int.TryParse(prompt.AsSpan(match.Index + 1, match.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var name) && name < _names.Length)
            {
                AddMarked(tokens, prompt[at..match.Index]);
                tokens.AddRange(_model.Tokenizer.Tokenize(_names[name]));
                at = match.Index + match.Length;
            }
        }

        AddMarked(tokens, prompt[at..]);
        return [.. tokens];
    }

    private ChatMessage Hide(ChatMessage message)
    {
        if (!message.Contents.Any(NeedsHiding))
        {
            return message;
        }

        var copy = message.Clone();
        copy.Contents = [.. message.Contents.Select(Hide)];
        return copy;
    }

    private bool NeedsHiding(AIContent content) => content switch
    {
        TextContent text => Names(text.Text),
        FunctionResultContent { Result: string result } => Names(result),
        _ => false,
    };

    private AIContent Hide(AIContent content) => content switch
    {
        TextContent text when Names(text.Text) => new TextContent(Hide(text.Text)),
        FunctionResultContent { Result: string result } call when Names(result) => new FunctionResultContent(call.CallId, Hide(result)),
        _ => content,
    };

    private bool Names(string text) => text.AsSpan().ContainsAny(_search);

    private string Hide(string text)
    {
        var hidden = new StringBuilder(text);
        for (var i = 0; i < _names.Length; i++)
        {
            hidden.Replace(_names[i], string.Create(CultureInfo.InvariantCulture, $"\uE0F1{i}\uE0F2"));
        }

        return hidden.ToString();
    }

    private void AddMarked(List<int> tokens, string text)
    {
        if (text.Length > 0)
        {
            // Templates of some models write the beginning of the sequence themselves.
            var written = _model.BosText.Length > 0 && text.StartsWith(_model.BosText, StringComparison.Ordinal);
            tokens.AddRange(_model.Tokenizer.Tokenize(text, addSpecial: tokens.Count == 0 && !written, parseSpecial: true));
        }
    }

    [GeneratedRegex("\uE0F1[0-9]{1,6}\uE0F2", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
