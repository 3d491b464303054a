namespace GenAI.Generation.Templates.Jinja.Syntax;

/// <summary>Recursive-descent parser of text, tags and blocks; expressions are left to <see cref="JinjaExpressionParser"/>.</summary>
internal sealed class JinjaStatementParser
{
    private readonly JinjaTokenCursor _cursor;
    private readonly JinjaExpressionParser _expressions;

    private JinjaStatementParser(JinjaTokenCursor cursor)
    {
        _cursor = cursor;
        _expressions = new JinjaExpressionParser(cursor);
    }

    public static IReadOnlyList<JinjaNode> Parse(IReadOnlyList<JinjaToken> tokens, int maxDepth)
    {
        var cursor = new JinjaTokenCursor(tokens, maxDepth);
        var parser = new JinjaStatementParser(cursor);
        var nodes = new List<JinjaNode>();
        while (!cursor.AtEnd)
        {
            nodes.Add(parser.ParseNode());
        }

        return nodes;
    }

    private JinjaNode ParseNode()
    {
        switch (_cursor.Current?.Kind)
        {
            case JinjaTokenKind.Comment:
                _cursor.Skip();
                return new JinjaNode.Comment();
            case JinjaTokenKind.Text:
                return new JinjaNode.StringLiteral(_cursor.Take().Value);
            case JinjaTokenKind.OpenStatement:
                _cursor.Enter();
                var statement = ParseStatement();
                _cursor.Leave();
                return statement;
            case JinjaTokenKind.OpenExpression:
                _cursor.Skip();
                var expression = _expressions.Parse();
                _cursor.Expect(JinjaTokenKind.CloseExpression, "}}");
                return expression;
            default:
                throw _cursor.Unexpected("expected text or a tag");
        }
    }

    private JinjaNode ParseStatement()
    {
        _cursor.Skip();
        var name = _cursor.Expect(JinjaTokenKind.Identifier, "the name of a statement").Value;
        switch (name)
        {
            case "set":
                return ParseSet();
            case "if":
                return Closed(ParseIf(), "endif");
            case "macro":
                return Closed(ParseMacro(), "endmacro");
            case "for":
                return Closed(ParseFor(), "endfor");
            case "call":
                return Closed(ParseCallBlock(), "endcall");
            case "filter":
                return Closed(ParseFilterBlock(), "endfilter");
            case "break":
                CloseTag();
                return new JinjaNode.Break();
            case "continue":
                CloseTag();
                return new JinjaNode.Continue();
            default:
                throw new ChatTemplateException($"The chat template cannot be read: unknown statement '{name}'.");
        }
    }

    private JinjaNode ParseSet()
    {
        var target = _expressions.ParseSequence();
        if (_cursor.TrySkip(JinjaTokenKind.Assign))
        {
            var value = _expressions.ParseSequence();
            CloseTag();
            return new JinjaNode.Set(target, value, []);
        }

        CloseTag();
        return Closed(new JinjaNode.Set(target, null, ParseBody("endset")), "endset");
    }

    private JinjaNode.If ParseIf()
    {
        _cursor.Enter();
        var test = _expressions.Parse();
        CloseTag();
        var body = ParseBody("elif", "else", "endif");
        IReadOnlyList<JinjaNode> alternate = [];
        if (_cursor.IsStatement("elif"))
        {
            _cursor.Skip(2);
            alternate = [ParseIf()];
        }
        else if (_cursor.IsStatement("else"))
        {
            _cursor.Skip(2);
            CloseTag();
            alternate = ParseBody("endif");
        }

        _cursor.Leave();
        return new JinjaNode.If(test, body, alternate);
    }

    private JinjaNode.For ParseFor()
    {
        var variable = _expressions.ParseSequence(primary: true);
        if (variable is not (JinjaNode.Identifier or JinjaNode.TupleLiteral))
        {
            throw _cursor.Unexpected("the variable of a loop must be a name or a list of names");
        }

        if (!_cursor.TrySkipWord("in"))
        {
            throw _cursor.Unexpected("expected 'in' after the variable of a loop");
        }

        var iterable = _expressions.Parse();
        CloseTag();
        var body = ParseBody("endfor", "else");
        IReadOnlyList<JinjaNode> otherwise = [];
        if (_cursor.IsStatement("else"))
        {
            _cursor.Skip(2);
            CloseTag();
            otherwise = ParseBody("endfor");
        }

        return new JinjaNode.For(variable, iterable, body, otherwise);
    }

    private JinjaNode.Macro ParseMacro()
    {
        var name = _cursor.Expect(JinjaTokenKind.Identifier, "the name of a macro").Value;
        var parameters = _expressions.Arguments.ParseParameters();
        CloseTag();
        var body = ParseBody("endmacro");
        return new JinjaNode.Macro(name, parameters, body, MacroExtrasFinder.Find(parameters, body));
    }

    private JinjaNode.CallBlock ParseCallBlock()
    {
        var parameters = _cursor.Is(JinjaTokenKind.OpenParen) ? _expressions.Arguments.ParseParameters() : [];
        var callee = _cursor.Expect(JinjaTokenKind.Identifier, "the name of a macro").Value;
        var call = new JinjaNode.Call(new JinjaNode.Identifier(callee), _expressions.Arguments.ParseCall());
        CloseTag();
        var body = ParseBody("endcall");
        return new JinjaNode.CallBlock(call, parameters, body, MacroExtrasFinder.Find(parameters, body));
    }

    private JinjaNode.FilterBlock ParseFilterBlock()
    {
        var filter = _expressions.ParseFilterSpec();
        CloseTag();
        return new JinjaNode.FilterBlock(filter, ParseBody("endfilter"));
    }

    private List<JinjaNode> ParseBody(params ReadOnlySpan<string> ends)
    {
        var body = new List<JinjaNode>();
        while (!_cursor.IsStatement(ends))
        {
            body.Add(_cursor.AtEnd ? throw _cursor.Unexpected($"expected {{% {ends[^1]} %}}") : ParseNode());
        }

        return body;
    }

    private JinjaNode Closed(JinjaNode node, string end)
    {
        if (!_cursor.IsStatement(end))
        {
            throw _cursor.Unexpected($"expected {{% {end} %}}");
        }

        _cursor.Skip(2);
        CloseTag();
        return node;
    }

    private void CloseTag() => _cursor.Expect(JinjaTokenKind.CloseStatement, "%}");
}
