using System.Text;

namespace GenAI.Generation.Llama.Text;

/// <summary>
/// Turns token bytes into text that may be shown: never half a character, never a piece of a stop string.
/// With log-probabilities, pieces end where tokens end.
/// </summary>
internal sealed class GeneratedText
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _held = new();
    private readonly string[] _stops;
    private readonly bool _byToken;
    private readonly List<(int End, TokenLogProb LogProb)> _tokens = [];

    /// <param name="byToken">Keeps log-probabilities with exactly the text they belong to.</param>
    public GeneratedText(IEnumerable<string> stops, bool byToken)
    {
        _stops = [.. stops.Where(stop => stop.Length > 0)];
        _byToken = byToken;
    }

    /// <summary>Whether a stop string has come; what follows it is dropped.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Adds a token and returns what is certain by now.</summary>
    public GeneratedPiece Add(ReadOnlySpan<byte> bytes, TokenLogProb? logProb = null)
    {
        if (Stopped)
        {
            return GeneratedPiece.Empty;
        }

        Span<char> characters = stackalloc char[Math.Max(16, bytes.Length + 4)];
        var count = _decoder.GetChars(bytes, characters, flush: false);
        _held.Append(characters[..count]);
        if (_byToken && logProb is not null)
        {
            // A token that ends inside a character leaves with the one that completes it.
            var inside = _decoder.GetCharCount([], flush: true) > 0 ? 1 : 0;
            _tokens.Add((_held.Length + inside, logProb));
        }

        var text = _held.ToString();
        var stop = FirstStop(text);
        if (stop >= 0)
        {
            Stopped = true;
            return Take(stop, cutTokens: true);
        }

        return Take(text.Length - HeldBack(text), cutTokens: false);
    }

    /// <summary>What was held back for a stop string that did not come. Half a character at the end is dropped.</summary>
    public GeneratedPiece Finish() => Stopped ? GeneratedPiece.Empty : Take(_held.Length, cutTokens: true);

    private int FirstStop(string text)
    {
        var first = -1;
        foreach (var stop in _stops)
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && (first < 0 || at < first))
            {
                first = at;
            }
        }

        return first;
    }

    /// <summary>Length of the longest end of the text that may be the beginning of a stop string.</summary>
    private int HeldBack(string text)
    {
        var longest = 0;
        foreach (var stop in _stops)
        {
            for (var length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text.EndsWith(stop[..length], StringComparison.Ordinal))
                {
                    longest = length;
                }
            }
        }

        return longest;
    }

    private GeneratedPiece Take(int length, bool cutTokens)
    {
        if (!_byToken)
        {
            return new GeneratedPiece(Cut(length), []);
        }

        if (!cutTokens)
        {
            // Back to the end of a token, so that its log-probability leaves with all of its text.
            length = _tokens.LastOrDefault(token => token.End <= length).End;
        }

        var leaving = _tokens.TakeWhile(token => token.End <= length).ToList();
        _tokens.RemoveRange(0, leaving.Count);
        for (var i = 0; i < _tokens.Count; i++)
        {
            _tokens[i] = (_tokens[i].End - length, _tokens[i].LogProb);
        }

        return new GeneratedPiece(Cut(length), [.. leaving.Select(token => token.LogProb)]);
    }

    private string Cut(int length)
    {
        if (length <= 0)
        {
            return string.Empty;
        }

        var text = _held.ToString(0, length);
        _held.Remove(0, length);
        return text;
    }
}
