using System.Globalization;

namespace GenAI.Generation.Templates.Jinja.Syntax;

/// <summary>
/// Expressions, from the loosest binding to the tightest: ternary, or, and, not, comparison and membership, addition, multiplication,
/// power, test, filter, sign, call and member, primary. Tests bind tighter than arithmetic; power is left-associative, as in Jinja.
/// </summary>
internal sealed class JinjaExpressionParser
{
    private readonly JinjaTokenCursor _cursor;

    public JinjaExpressionParser(JinjaTokenCursor cursor)
    {
        _cursor = cursor;
        Arguments = new JinjaArgumentParser(cursor, this);
    }

    public JinjaArgumentParser Arguments { get; }

    public JinjaNode Parse()
    {
        _cursor.Enter();
        var node = ParseConditional();
        _cursor.Leave();
        return node;
    }

    /// <summary>One expression, or a tuple of several between commas.</summary>
    public JinjaNode ParseSequence(bool primary = false)
    {
        var first = primary ? ParsePrimary() : Parse();
        if (!_cursor.Is(JinjaTokenKind.Comma))
        {
            return first;
        }

        var items = new List<JinjaNode> { first };
        while (_cursor.TrySkip(JinjaTokenKind.Comma))
        {
            items.Add(primary ? ParsePrimary() : Parse());
        }

        return new JinjaNode.TupleLiteral(items);
    }

    public JinjaNode.FilterSpec ParseFilterSpec()
    {
        var name = _cursor.Expect(JinjaTokenKind.Identifier, "the name of a filter").Value;
        if (!_cursor.Is(JinjaTokenKind.OpenParen))
        {
            return new JinjaNode.FilterSpec(name, null);
        }

        // A member or a second call after the filter's call is read as part of it, and no filter has such a form.
        return ParseCalls(new JinjaNode.Identifier(name)) is JinjaNode.Call { Callee: JinjaNode.Identifier } call
            ? new JinjaNode.FilterSpec(name, call.Arguments)
            : throw _cursor.Unexpected($"the filter '{name}' is followed by something that no filter takes");
    }

    private JinjaNode ParseConditional()
    {
        var value = ParseOr();
        if (!_cursor.TrySkipWord("if"))
        {
            return value;
        }

        var test = ParseOr();
        if (!_cursor.TrySkipWord("else"))
        {
            return new JinjaNode.Select(value, test);
        }

        _cursor.Enter();
        var otherwise = ParseConditional();
        _cursor.Leave();
        return new JinjaNode.Ternary(test, value, otherwise);
    }

    private JinjaNode ParseOr()
    {
        var left = ParseAnd();
        while (_cursor.TrySkipWord("or"))
        {
            left = new JinjaNode.Binary("or", left, ParseAnd());
        }

        return left;
    }

    private JinjaNode ParseAnd()
    {
        var left = ParseNot();
        while (_cursor.TrySkipWord("and"))
        {
            left = new JinjaNode.Binary("and", left, ParseNot());
        }

        return left;
    }

    private JinjaNode ParseNot()
    {
        if (!_cursor.TrySkipWord("not"))
        {
            return ParseComparison();
        }

        _cursor.Enter();
        var operand = ParseNot();
        _cursor.Leave();
        return new JinjaNode.Unary("not", operand);
    }

    private JinjaNode ParseComparison()
    {
        var left = ParseBinary(JinjaTokenKind.Additive);
        while (true)
        {
            string name;
            if (_cursor.IsWords("not", "in"))
            {
                _cursor.Skip(2);
                name = "not in";
            }
            else if (_cursor.IsWord("in") || _cursor.Is(JinjaTokenKind.Comparison))
            {
                name = _cursor.Take().Value;
            }
            else
            {
                return left;
            }

            left = new JinjaNode.Binary(name, left, ParseBinary(JinjaTokenKind.Additive));
        }
    }

    private JinjaNode ParseBinary(JinjaTokenKind level)
    {
        var left = Operand(level);
        while (_cursor.Is(level))
        {
            var name = _cursor.Take().Value;
            left = new JinjaNode.Binary(name, left, Operand(level));
        }

        return left;
    }

    private JinjaNode Operand(JinjaTokenKind level) => level switch
    {
        JinjaTokenKind.Additive => ParseBinary(JinjaTokenKind.Multiplicative),
        JinjaTokenKind.Multiplicative => ParseBinary(JinjaTokenKind.Power),
        _ => ParseTest(),
    };

    private JinjaNode ParseTest()
    {
        var operand = ParseFilter();
        while (_cursor.TrySkipWord("is"))
        {
            var negate = _cursor.TrySkipWord("not");
            operand = new JinjaNode.Test(operand, negate, _cursor.Expect(JinjaTokenKind.Identifier, "the name of a test").Value);
        }

        return operand;
    }

    private JinjaNode ParseFilter()
    {
        var operand = ParseSign();
        while (_cursor.TrySkip(JinjaTokenKind.Pipe))
        {
            operand = new JinjaNode.Filter(operand, ParseFilterSpec());
        }

        return operand;
    }

    private JinjaNode ParseSign()
    {
        if (!(_cursor.Is(JinjaTokenKind.Sign) || _cursor.Is(JinjaTokenKind.Additive, "-") || _cursor.Is(JinjaTokenKind.Additive, "+")))
        {
            return ParseCallOrMember();
        }

        _cursor.Enter();
        var name = _cursor.Take().Value;
        var operand = ParseSign();
        _cursor.Leave();
        return new JinjaNode.Unary(name, operand);
    }

    private JinjaNode ParseCallOrMember()
    {
        var member = Arguments.ParseMembers(ParsePrimary());
        return _cursor.Is(JinjaTokenKind.OpenParen) ? ParseCalls(member) : member;
    }

    private JinjaNode ParseCalls(JinjaNode callee)
    {
        do
        {
            callee = Arguments.ParseMembers(new JinjaNode.Call(callee, Arguments.ParseCall()));
        }
        while (_cursor.Is(JinjaTokenKind.OpenParen));

        return callee;
    }

    public JinjaNode ParsePrimary()
    {
        var at = _cursor.Current;
        var token = _cursor.Take();
        switch (token.Kind)
        {
            case JinjaTokenKind.Number:
                var number = double.Parse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture);
                return token.Value.Contains('.') ? new JinjaNode.FloatLiteral(number) : new JinjaNode.IntegerLiteral(number);
            case JinjaTokenKind.String:
                var text = token.Value;
                while (_cursor.Is(JinjaTokenKind.String))
                {
                    text += _cursor.Take().Value;
                }

                return new JinjaNode.StringLiteral(text);
            case JinjaTokenKind.Identifier:
                return new JinjaNode.Identifier(token.Value);
            case JinjaTokenKind.OpenParen:
                var inner = ParseSequence();
                _cursor.Expect(JinjaTokenKind.CloseParen, ")");
                return inner;
            case JinjaTokenKind.OpenBracket:
                return ParseArray();
            case JinjaTokenKind.OpenBrace:
                return ParseObject();
            default:
                throw JinjaSyntaxErrors.Near(at, "expected a value");
        }
    }

    private JinjaNode.ArrayLiteral ParseArray()
    {
        var items = new List<JinjaNode>();
        while (!_cursor.TrySkip(JinjaTokenKind.CloseBracket))
        {
            items.Add(Parse());
            _cursor.TrySkip(JinjaTokenKind.Comma);
        }

        return new JinjaNode.ArrayLiteral(items);
    }

    private JinjaNode.ObjectLiteral ParseObject()
    {
        var entries = new List<(JinjaNode, JinjaNode)>();
        while (!_cursor.TrySkip(JinjaTokenKind.CloseBrace))
        {
            var key = Parse();
            _cursor.Expect(JinjaTokenKind.Colon, ": between key and value");
            entries.Add((key, Parse()));
            _cursor.TrySkip(JinjaTokenKind.Comma);
        }

        return new JinjaNode.ObjectLiteral(entries);
    }
}
