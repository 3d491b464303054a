namespace GenAI.Generation.Templates.Jinja.Syntax;

/// <summary>Children, in source order, of the nodes that need no special order when visited.</summary>
internal static class JinjaNodeChildren
{
    public static IEnumerable<JinjaNode> Of(JinjaNode? node) => node switch
    {
        JinjaNode.If branch => [branch.Condition, .. branch.Body, .. branch.Alternate],
        JinjaNode.ArrayLiteral array => array.Items,
        JinjaNode.TupleLiteral tuple => tuple.Items,
        JinjaNode.ObjectLiteral literal => literal.Entries.SelectMany(static e => new[] { e.Key, e.Value }),
        JinjaNode.Unary unary => [unary.Operand],
        JinjaNode.Binary binary => [binary.Left, binary.Right],
        JinjaNode.Ternary ternary => [ternary.Condition, ternary.WhenTrue, ternary.WhenFalse],
        JinjaNode.Test test => [test.Operand],
        JinjaNode.Slice slice => new[] { slice.Start, slice.Stop, slice.Step }.OfType<JinjaNode>(),
        JinjaNode.Call call => [call.Callee, .. call.Arguments],
        JinjaNode.KeywordArgument argument => [argument.Value],
        JinjaNode.Spread spread => [spread.Value],
        JinjaNode.KeywordSpread spread => [spread.Value],
        _ => [],
    };
}
