using System.Collections.Frozen;
using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>What may follow <c>is</c>, and what <c>selectattr</c> may name.</summary>
internal static class JinjaTests
{
    private static readonly FrozenDictionary<string, Func<JinjaValue, JinjaValue?, bool>> All = new Dictionary<string, Func<JinjaValue, JinjaValue?, bool>>(StringComparer.Ordinal)
    {
        ["boolean"] = static (v, _) => v is JinjaBoolean,
        ["callable"] = static (v, _) => v is JinjaFunction,
        ["odd"] = static (v, _) => Integer(v, "odd") % 2 != 0,
        ["even"] = static (v, _) => Integer(v, "even") % 2 == 0,
        ["false"] = static (v, _) => v is JinjaBoolean { Value: false },
        ["true"] = static (v, _) => v is JinjaBoolean { Value: true },
        ["none"] = static (v, _) => v is JinjaNull,
        ["string"] = static (v, _) => v is JinjaString,
        ["number"] = static (v, _) => v is JinjaNumber,
        ["integer"] = static (v, _) => v is JinjaInteger,
        ["iterable"] = static (v, _) => v is JinjaString or (JinjaArray and not JinjaTuple),
        ["mapping"] = static (v, _) => v is JinjaObject,
        ["sequence"] = static (v, _) => v is JinjaArray or JinjaObject or JinjaString,
        ["lower"] = static (v, _) => v is JinjaString s && string.Equals(s.Value, s.Value.ToLowerInvariant(), StringComparison.Ordinal),
        ["upper"] = static (v, _) => v is JinjaString s && string.Equals(s.Value, s.Value.ToUpperInvariant(), StringComparison.Ordinal),
        ["defined"] = static (v, _) => v is not JinjaUndefined,
        ["undefined"] = static (v, _) => v is JinjaUndefined,
        ["equalto"] = AreEqual,
        ["eq"] = AreEqual,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool Apply(string name, JinjaValue operand, JinjaValue? argument = null) => All.TryGetValue(name, out var test)
        ? test(operand, argument)
        : throw new ChatTemplateException($"The chat template uses the test '{name}', which is not known.");

    private static bool AreEqual(JinjaValue left, JinjaValue? right) => right is null
        ? throw new ChatTemplateException("The chat template tests for equality without saying with what.")
        : JsEquality.Strict(left, right);

    private static double Integer(JinjaValue value, string test) => value is JinjaInteger number
        ? number.Value
        : throw new ChatTemplateException($"The chat template tests whether a {value.Kind} is {test}.");
}
