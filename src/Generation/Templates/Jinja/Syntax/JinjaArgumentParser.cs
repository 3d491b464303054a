namespace GenAI.Generation.Templates.Jinja.Syntax;

/// <summary>What stands in parentheses and brackets after a value: arguments, parameters, members and slices.</summary>
internal sealed class JinjaArgumentParser(JinjaTokenCursor cursor, JinjaExpressionParser expressions)
{
    public IReadOnlyList<JinjaNode> ParseCall()
    {
        cursor.Expect(JinjaTokenKind.OpenParen, "(");
        var arguments = new List<JinjaNode>();
        var sawKeyword = false;
        var sawSpread = false;
        while (!cursor.TrySkip(JinjaTokenKind.CloseParen))
        {
            if (cursor.TrySkip(JinjaTokenKind.Power))
            {
                arguments.Add(new JinjaNode.KeywordSpread(expressions.Parse()));
                cursor.TrySkip(JinjaTokenKind.Comma);
                cursor.Expect(JinjaTokenKind.CloseParen, ") after the argument unpacked with **");
                break;
            }

            var argument = ParseArgument(ref sawSpread);
            sawKeyword |= argument is JinjaNode.KeywordArgument;
            if (argument is not (JinjaNode.KeywordArgument or JinjaNode.Spread) && (sawKeyword || sawSpread))
            {
                throw cursor.Unexpected("positional arguments must come first");
            }

            arguments.Add(argument);
            cursor.TrySkip(JinjaTokenKind.Comma);
        }

        return arguments;
    }

    public IReadOnlyList<JinjaNode.Parameter> ParseParameters()
    {
        cursor.Expect(JinjaTokenKind.OpenParen, "(");
        var parameters = new List<JinjaNode.Parameter>();
        while (!cursor.TrySkip(JinjaTokenKind.CloseParen))
        {
            if (expressions.Parse() is not JinjaNode.Identifier { Name: var name })
            {
                throw cursor.Unexpected("a parameter must be a name");
            }

            var parameter = new JinjaNode.Parameter(name, cursor.TrySkip(JinjaTokenKind.Assign) ? expressions.Parse() : null);
            if (parameters.Exists(p => p.Name == name))
            {
                throw cursor.Unexpected($"the parameter '{name}' is declared twice");
            }

            if (parameter.Default is null && parameters.Exists(static p => p.Default is not null))
            {
                throw cursor.Unexpected("a parameter without a default follows one that has one");
            }

            parameters.Add(parameter);
            cursor.TrySkip(JinjaTokenKind.Comma);
        }

        return parameters;
    }

    public JinjaNode ParseMembers(JinjaNode target)
    {
        while (true)
        {
            if (cursor.TrySkip(JinjaTokenKind.OpenBracket))
            {
                var property = ParseSubscript();
                cursor.Expect(JinjaTokenKind.CloseBracket, "]");
                target = new JinjaNode.Member(target, property, Computed: true);
            }
            else if (cursor.TrySkip(JinjaTokenKind.Dot))
            {
                var property = expressions.ParsePrimary();
                target = property is JinjaNode.Identifier or JinjaNode.IntegerLiteral
                    ? new JinjaNode.Member(target, property, Computed: false)
                    : throw cursor.Unexpected("expected a name or an index after the dot");
            }
            else
            {
                return target;
            }
        }
    }

    private JinjaNode ParseArgument(ref bool sawSpread)
    {
        if (cursor.Is(JinjaTokenKind.Multiplicative, "*"))
        {
            if (sawSpread)
            {
                throw cursor.Unexpected("only one argument can be unpacked with *");
            }

            sawSpread = true;
            cursor.Skip();
            return new JinjaNode.Spread(expressions.Parse());
        }

        var argument = expressions.Parse();
        if (!cursor.TrySkip(JinjaTokenKind.Assign))
        {
            return argument;
        }

        return argument is JinjaNode.Identifier { Name: var name }
            ? new JinjaNode.KeywordArgument(name, expressions.Parse())
            : throw cursor.Unexpected("a keyword argument must start with a name");
    }

    /// <summary>An index, or the parts of a slice; each colon closes a part.</summary>
    private JinjaNode ParseSubscript()
    {
        var parts = new List<JinjaNode?>();
        var isSlice = false;
        while (!cursor.Is(JinjaTokenKind.CloseBracket))
        {
            if (cursor.TrySkip(JinjaTokenKind.Colon))
            {
                parts.Add(null);
                isSlice = true;
            }
            else
            {
                parts.Add(expressions.Parse());
                isSlice |= cursor.TrySkip(JinjaTokenKind.Colon);
            }
        }

        return (isSlice, parts.Count) switch
        {
            (_, 0) => throw cursor.Unexpected("expected an index"),
            (true, > 3) => throw cursor.Unexpected("a slice has at most three parts"),
            (true, _) => new JinjaNode.Slice(parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2)),
            _ => parts[0]!,
        };
    }
}
