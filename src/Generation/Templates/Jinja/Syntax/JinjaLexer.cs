using System.Globalization;
using System.Text;
using GenAI.Generation.Templates.Jinja.Runtime;

namespace GenAI.Generation.Templates.Jinja.Syntax;

/// <summary>Cuts a preprocessed template into tokens. Which sign is a number's and which an operator is decided here, by the token before it.</summary>
internal sealed class JinjaLexer
{
    private const string Escapes = "n\nt\tr\rb\bf\fv\v''\"\"\\\\";

    // Longer sequences stand before their prefixes.
    private static readonly (string Sequence, JinjaTokenKind Kind)[] Symbols =
    [
        ("{%", JinjaTokenKind.OpenStatement), ("%}", JinjaTokenKind.CloseStatement),
        ("{{", JinjaTokenKind.OpenExpression), ("}}", JinjaTokenKind.CloseExpression),
        ("(", JinjaTokenKind.OpenParen), (")", JinjaTokenKind.CloseParen),
        ("{", JinjaTokenKind.OpenBrace), ("}", JinjaTokenKind.CloseBrace),
        ("[", JinjaTokenKind.OpenBracket), ("]", JinjaTokenKind.CloseBracket),
        (",", JinjaTokenKind.Comma), (".", JinjaTokenKind.Dot), (":", JinjaTokenKind.Colon), ("|", JinjaTokenKind.Pipe),
        ("<=", JinjaTokenKind.Comparison), (">=", JinjaTokenKind.Comparison), ("==", JinjaTokenKind.Comparison),
        ("!=", JinjaTokenKind.Comparison), ("<", JinjaTokenKind.Comparison), (">", JinjaTokenKind.Comparison),
        ("+", JinjaTokenKind.Additive), ("-", JinjaTokenKind.Additive), ("~", JinjaTokenKind.Additive),
        ("**", JinjaTokenKind.Power), ("*", JinjaTokenKind.Multiplicative), ("//", JinjaTokenKind.Multiplicative),
        ("/", JinjaTokenKind.Multiplicative), ("%", JinjaTokenKind.Multiplicative), ("=", JinjaTokenKind.Assign),
    ];

    private readonly string _source;
    private readonly List<JinjaToken> _tokens = [];
    private int _position;
    private int _braces;

    private JinjaLexer(string source) => _source = source;

    public static List<JinjaToken> Tokenize(string source)
    {
        var lexer = new JinjaLexer(JinjaPreprocessor.Apply(source));
        while (lexer._position < lexer._source.Length)
        {
            lexer.ReadNext();
        }

        return lexer._tokens;
    }

    private JinjaTokenKind? LastKind => _tokens.Count == 0 ? null : _tokens[^1].Kind;

    private char Current => _position < _source.Length ? _source[_position] : '\0';

    private void ReadNext()
    {
        if (LastKind is null or JinjaTokenKind.CloseStatement or JinjaTokenKind.CloseExpression or JinjaTokenKind.Comment && TryReadText())
        {
            return;
        }

        if (At("{#"))
        {
            ReadComment();
        }
        else if (At("{%-") || At("{{-"))
        {
            StripTextBefore();
            var isStatement = _source[_position + 1] == '%';
            _braces = isStatement ? _braces : 0;
            Add(isStatement ? JinjaTokenKind.OpenStatement : JinjaTokenKind.OpenExpression, isStatement ? "{%" : "{{", 3);
        }
        else
        {
            ReadInsideTag();
        }
    }

    private bool TryReadText()
    {
        var start = _position;
        while (_position < _source.Length && !(At("{%") || At("{{") || At("{#")))
        {
            _position++;
        }

        if (_position == start)
        {
            return false;
        }

        _tokens.Add(new JinjaToken(JinjaTokenKind.Text, _source[start.._position], start));
        return true;
    }

    private void ReadComment()
    {
        var start = _position;
        _position += 2;
        var stripBefore = Current == '-';
        _position += stripBefore ? 1 : 0;
        var end = _source.IndexOf("#}", _position, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Error("a comment is not closed", start);
        }

        var comment = _source[_position..end];
        if (stripBefore)
        {
            StripTextBefore();
        }

        var stripAfter = comment.EndsWith('-');
        _tokens.Add(new JinjaToken(JinjaTokenKind.Comment, comment, start));
        _position = end + 2;
        if (stripAfter)
        {
            SkipBlanks();
        }
    }

    private void ReadInsideTag()
    {
        SkipBlanks();
        if (_position >= _source.Length)
        {
            throw Error("a tag is not closed", _position);
        }

        if (At("-%}") || At("-}}"))
        {
            var isStatement = _source[_position + 1] == '%';
            Add(isStatement ? JinjaTokenKind.CloseStatement : JinjaTokenKind.CloseExpression, isStatement ? "%}" : "}}", 3);
            SkipBlanks();
            return;
        }

        if (TryReadSign() || TryReadSymbol())
        {
            return;
        }

        var start = _position;
        switch (Current)
        {
            case '\'' or '"':
                _tokens.Add(new JinjaToken(JinjaTokenKind.String, ReadString(), start));
                break;
            case >= '0' and <= '9':
                _tokens.Add(new JinjaToken(JinjaTokenKind.Number, ReadNumber(allowFraction: LastKind != JinjaTokenKind.Dot), start));
                break;
            case var c when IsWord(c):
                while (IsWord(Current))
                {
                    _position++;
                }

                _tokens.Add(new JinjaToken(JinjaTokenKind.Identifier, _source[start.._position], start));
                break;
            default:
                throw Error($"unexpected character '{Current}'", start);
        }
    }

    /// <summary>A sign that does not follow a value belongs to the number after it, or is an operator on what follows.</summary>
    private bool TryReadSign()
    {
        if (Current is not ('-' or '+') || LastKind is JinjaTokenKind.Identifier or JinjaTokenKind.Number or JinjaTokenKind.String
            or JinjaTokenKind.CloseParen or JinjaTokenKind.CloseBracket)
        {
            return false;
        }

        if (LastKind is JinjaTokenKind.Text or null)
        {
            throw Error($"unexpected character '{Current}'", _position);
        }

        var start = _position++;
        var number = ReadNumber(allowFraction: true, allowEmpty: true);
        _tokens.Add(new JinjaToken(number.Length > 0 ? JinjaTokenKind.Number : JinjaTokenKind.Sign, _source[start] + number, start));
        return true;
    }

    private bool TryReadSymbol()
    {
        foreach (var (sequence, kind) in Symbols)
        {
            // Inside an object literal two closing braces are not the end of the expression.
            if (!At(sequence) || (kind == JinjaTokenKind.CloseExpression && _braces > 0))
            {
                continue;
            }

            _braces = kind switch
            {
                JinjaTokenKind.OpenExpression => 0,
                JinjaTokenKind.OpenBrace => _braces + 1,
                JinjaTokenKind.CloseBrace => _braces - 1,
                _ => _braces,
            };
            Add(kind, sequence, sequence.Length);
            return true;
        }

        return false;
    }

    private string ReadNumber(bool allowFraction, bool allowEmpty = false)
    {
        var start = _position;
        while (char.IsAsciiDigit(Current))
        {
            _position++;
        }

        if ((_position > start || !allowEmpty) && allowFraction && Current == '.'
            && _position + 1 < _source.Length && char.IsAsciiDigit(_source[_position + 1]))
        {
            _position++;
            while (char.IsAsciiDigit(Current))
            {
                _position++;
            }
        }

        return _source[start.._position];
    }

    private string ReadString()
    {
        var start = _position;
        var quote = _source[_position++];
        var text = new StringBuilder();
        while (_position < _source.Length && _source[_position] != quote)
        {
            if (_source[_position] == '\\')
            {
                _position++;
                ReadEscape(text);
            }
            else
            {
                text.Append(_source[_position++]);
            }
        }

        if (_position >= _source.Length)
        {
            throw Error("a string is not closed", start);
        }

        _position++;
        return text.ToString();
    }

    private void ReadEscape(StringBuilder text)
    {
        var escape = Current;
        _position++;
        if (escape is 'x' or 'u')
        {
            var length = escape == 'x' ? 2 : 4;
            if (_position + length > _source.Length
                || !ushort.TryParse(_source.AsSpan(_position, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                throw Error($"\\{escape} must be followed by {length} hexadecimal digits", _position);
            }

            text.Append((char)unit);
            _position += length;
            return;
        }

        for (var i = 0; i < Escapes.Length; i += 2)
        {
            if (Escapes[i] == escape)
            {
                text.Append(Escapes[i + 1]);
                return;
            }
        }

        throw Error($"unknown escape '\\{escape}'", _position - 1);
    }

    private void StripTextBefore()
    {
        if (LastKind != JinjaTokenKind.Text)
        {
            return;
        }

        var text = JsText.TrimEnd(_tokens[^1].Value);
        if (text.Length == 0)
        {
            _tokens.RemoveAt(_tokens.Count - 1);
        }
        else
        {
            _tokens[^1] = _tokens[^1] with { Value = text };
        }
    }

    private void SkipBlanks()
    {
        while (_position < _source.Length && JsText.IsWhiteSpace(_source[_position]))
        {
            _position++;
        }
    }

    private void Add(JinjaTokenKind kind, string value, int length)
    {
        _tokens.Add(new JinjaToken(kind, value, _position));
        _position += length;
    }

    private bool At(string sequence) => string.CompareOrdinal(_source, _position, sequence, 0, sequence.Length) == 0;

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private ChatTemplateException Error(string what, int offset) => JinjaSyntaxErrors.At(_source, offset, what);
}
