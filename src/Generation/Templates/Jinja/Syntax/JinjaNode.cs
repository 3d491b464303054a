namespace GenAI.Generation.Templates.Jinja.Syntax;

/// <summary>The syntax tree: a closed set of nodes, immutable, shared by every rendering of a template.</summary>
internal abstract record JinjaNode
{
    private JinjaNode()
    {
    }

    internal sealed record Comment : JinjaNode;

    internal sealed record Break : JinjaNode;

    internal sealed record Continue : JinjaNode;

    internal sealed record Set(JinjaNode Target, JinjaNode? Value, IReadOnlyList<JinjaNode> Body) : JinjaNode;

    internal sealed record If(JinjaNode Condition, IReadOnlyList<JinjaNode> Body, IReadOnlyList<JinjaNode> Alternate) : JinjaNode;

    internal sealed record For(JinjaNode Variable, JinjaNode Iterable, IReadOnlyList<JinjaNode> Body, IReadOnlyList<JinjaNode> Default) : JinjaNode;

    /// <param name="Special">Which of <c>kwargs</c> and <c>varargs</c> the body reads: only those are bound.</param>
    internal sealed record Macro(string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<JinjaNode> Body, MacroExtras Special) : JinjaNode;

    internal sealed record CallBlock(Call Invocation, IReadOnlyList<Parameter> Parameters, IReadOnlyList<JinjaNode> Body, MacroExtras Special) : JinjaNode;

    internal sealed record FilterBlock(FilterSpec Spec, IReadOnlyList<JinjaNode> Body) : JinjaNode;

    internal sealed record Identifier(string Name) : JinjaNode;

    internal sealed record IntegerLiteral(double Value) : JinjaNode;

    internal sealed record FloatLiteral(double Value) : JinjaNode;

    internal sealed record StringLiteral(string Value) : JinjaNode;

    internal sealed record ArrayLiteral(IReadOnlyList<JinjaNode> Items) : JinjaNode;

    internal sealed record TupleLiteral(IReadOnlyList<JinjaNode> Items) : JinjaNode;

    internal sealed record ObjectLiteral(IReadOnlyList<(JinjaNode Key, JinjaNode Value)> Entries) : JinjaNode;

    internal sealed record Unary(string Operator, JinjaNode Operand) : JinjaNode;

    internal sealed record Binary(string Operator, JinjaNode Left, JinjaNode Right) : JinjaNode;

    internal sealed record Ternary(JinjaNode Condition, JinjaNode WhenTrue, JinjaNode WhenFalse) : JinjaNode;

    /// <summary><c>value if condition</c> without an else: undefined when the condition fails; in a loop's head, the loop's filter.</summary>
    internal sealed record Select(JinjaNode Value, JinjaNode Condition) : JinjaNode;

    internal sealed record Filter(JinjaNode Operand, FilterSpec Spec) : JinjaNode;

    internal sealed record Test(JinjaNode Operand, bool Negate, string Name) : JinjaNode;

    internal sealed record Member(JinjaNode Target, JinjaNode Property, bool Computed) : JinjaNode;

    internal sealed record Slice(JinjaNode? Start, JinjaNode? Stop, JinjaNode? Step) : JinjaNode;

    internal sealed record Call(JinjaNode Callee, IReadOnlyList<JinjaNode> Arguments) : JinjaNode;

    internal sealed record KeywordArgument(string Name, JinjaNode Value) : JinjaNode;

    internal sealed record Spread(JinjaNode Value) : JinjaNode;

    internal sealed record KeywordSpread(JinjaNode Value) : JinjaNode;

    /// <param name="Arguments">Null when the filter stands without parentheses, which is not the same as with empty ones.</param>
    internal sealed record FilterSpec(string Name, IReadOnlyList<JinjaNode>? Arguments);

    internal sealed record Parameter(string Name, JinjaNode? Default);
}
