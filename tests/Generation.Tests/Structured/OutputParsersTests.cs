using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using GenAI.Generation.Structured;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Tests.Structured;

public sealed partial class OutputParsersTests
{
    private const string Hermes = "{{ tools }}<tool_call></tool_call><think></think>";
    private const string Llama = "{{ tools }}<|start_header_id|><|python_tag|>\"parameters\"";
    private const string Mistral = "{{ tools }}[TOOL_CALLS]";
    private const string Coder = "{{ tools }}<tool_call>\n<function=example>\n<parameter=x>";
    private const string DeepSeek = "{{ tools }}<｜tool▁calls▁begin｜><think></think>";
    private const string Harmony = "{{ tools }}<|channel|><|message|>";
    private const string DeepSeekOpen = "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>";
    private const string DeepSeekClose = "<｜tool▁call▁end｜><｜tool▁calls▁end｜>";

    private static readonly ChatOptions Tools = new()
    {
        Tools =
        [
            .. new[] { "f", "get_weather" }.Select(static n => AIFunctionFactory.CreateDeclaration(n, "", JsonElement.Parse("{}"))),
            AIFunctionFactory.CreateDeclaration("typed", "", JsonElement.Parse("""{"properties":{"text":{"type":"string"},"count":{"type":"integer"}}}""")),
        ],
    };

    // Pieces of output that meet every turn of the parsers when strung together.
    private static readonly string[] Fragments =
    [
        "Hello", " ", "\n", "{", "}", "\"", "\\", "<", "<t", "</", "[", ";", "<think>", "</think>", "<tool_call>", "</tool_call>", "<|python_tag|>",
        "[TOOL_CALLS]", "[ARGS]", "[1, 2]", "{\"name\": \"f\", \"arguments\": {\"a\": 1}}", "{\"name\": \"f\", \"parameters\": {\"a\": \"</tool_call>\"}}",
        "[{\"name\": \"f\", \"arguments\": {}}]", "f[ARGS]{\"b\": \"}\"}", "{\"name\"", "{\"type\": \"x\"}", "é🙂", "<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>",
        "<function=f>", "</function>", "<parameter=a>", "</parameter>", "<tool_call>\n<function=f>\n<parameter=a>\n1\n</parameter>\n</function>\n</tool_call>",
        "<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>", "<｜tool▁call▁begin｜>", "<｜tool▁call▁end｜>", "<｜tool▁sep｜>", DeepSeekOpen + "f<｜tool▁sep｜>{\"a\": 1}" + DeepSeekClose,
        "<|channel|>analysis<|message|>", "<|channel|>final<|message|>", "<|channel|>commentary to=functions.f <|constrain|>json<|message|>{\"a\": 1}<|call|>", "<|end|>", "<|start|>assistant", "<|return|>",
    ];

    [Theory]
    [InlineData(Hermes, "Hi there. ", "text:Hi there. ")]
    [InlineData(Hermes, "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1.50}}\n</tool_call>", "call:f{\"a\": 1.50}")]
    [InlineData(Hermes, "Let me see.\n\n<tool_call>{\"name\": \"f\", \"arguments\": {}}</tool_call>\n<tool_call>{\"name\": \"g\"}</tool_call>\n", "text:Let me see.", "call:f{}", "call:g{}")]
    [InlineData(Hermes, "<think>\nHm.\n</think>\n\nYes.", "think:Hm.", "text:Yes.")]
    [InlineData(Hermes, "<think>\n\n</think>\n\nYes.", "text:Yes.")]
    [InlineData(Hermes, "<think>a</think><tool_call>{\"name\": \"f\", \"arguments\": {}}</tool_call>", "think:a", "call:f{}")]
    [InlineData(Hermes, "<think>cut short", "think:cut short")]
    [InlineData(Hermes, "stray</think>x", "text:strayx")]
    [InlineData(Hermes, "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"</tool_call>\"}}</tool_call>", "call:f{\"a\": \"</tool_call>\"}")]
    [InlineData(Hermes, "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1", "text:<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1")]
    [InlineData(Hermes, "<tool_call>{\"name\": \"f\", \"arguments\": {}}", "call:f{}")]
    [InlineData(Hermes, "<tool_call>not json</tool_call> then", "text:<tool_call>not json</tool_call> then")]
    [InlineData(Hermes, "<tool_call>{\"name\": \"f\", \"arguments\": \"{\\\"a\\\": 1}\"}</tool_call>", "call:f{\"a\": 1}")]
    [InlineData(Hermes, "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": 1, \"a\": 2}}</tool_call>", "call:f{\"a\": 1, \"a\": 2}")]
    [InlineData(Hermes, "<tool_call>{\"name\": \"f\", \"arguments\": [1]}</tool_call>", "text:<tool_call>{\"name\": \"f\", \"arguments\": [1]}</tool_call>")]
    [InlineData(Hermes, "a < b <t", "text:a < b <t")]
    [InlineData(Llama, "{\"name\": \"get_weather\", \"parameters\": {\"city\": \"Paris\"}}", "call:get_weather{\"city\": \"Paris\"}")]
    [InlineData(Llama, "<|python_tag|>{\"name\": \"f\", \"parameters\": {}}; {\"name\": \"f\", \"parameters\": {\"a\": 1}}", "call:f{}", "call:f{\"a\": 1}")]
    [InlineData(Llama, "{\"name\": \"unknown\", \"parameters\": {}}", "text:{\"name\": \"unknown\", \"parameters\": {}}")]
    [InlineData(Llama, "{\"answer\": {\"name\": \"f\"}}", "text:{\"answer\": {\"name\": \"f\"}}")]
    [InlineData(Llama, "{\"name\": \"f\", \"parameters\": {\"a", "text:{\"name\": \"f\", \"parameters\": {\"a")]
    [InlineData(Llama, "Sure: {\"name\": \"f\", \"parameters\": {}}", "text:Sure: {\"name\": \"f\", \"parameters\": {}}")]
    [InlineData(Llama, "<|python_tag|>print(1)", "text:print(1)")]
    [InlineData(Mistral, "[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {}}, {\"name\": \"g\", \"arguments\": {\"a\": [\"]\"]}}]", "call:f{}", "call:g{\"a\": [\"]\"]}")]
    [InlineData(Mistral, "[TOOL_CALLS]f[ARGS]{\"a\": 1}[TOOL_CALLS]g{}", "call:f{\"a\": 1}", "call:g{}")]
    [InlineData(Mistral, "[TOOL_CALLS]f[CALL_ID]abc[ARGS]{}", "call:f{}")]
    [InlineData(Mistral, "[TOOL_CALLS] [{\"name\": \"f\"", "text:[TOOL_CALLS] [{\"name\": \"f\"")]
    [InlineData(Coder, "Now.\n<tool_call>\n<function=typed>\n<parameter=text>\n12\n</parameter>\n<parameter=count>\n3\n</parameter>\n</function>\n</tool_call>", "text:Now.", "call:typed{\"text\":\"12\",\"count\":3}")]
    [InlineData(Coder, "<tool_call><function=typed><parameter=text>a\n</parameter> b </tool_call> c\n</parameter></function></tool_call> then", "call:typed{\"text\":\"a\\n</parameter> b </tool_call> c\"}", "text:then")]
    [InlineData(Coder, "<tool_call>\n<function=f>\n</function>\n</tool_call>\n<tool_call>\n<function=f>\n<parameter=a>\n[1, {\"b\": null}]\n</parameter>\n</function>\n</tool_call>", "call:f{}", "call:f{\"a\":[1,{\"b\":null}]}")]
    [InlineData(Coder, "<tool_call>\n<function=f>\n<parameter=a>\nnot json\n</parameter>\n</function>", "call:f{\"a\":\"not json\"}")]
    [InlineData(Coder, "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}\n</tool_call>", "call:f{\"a\": 1}")]
    [InlineData(Coder, "<tool_call><function=f>no parameter</function></tool_call>x", "text:<tool_call><function=f>no parameter</function></tool_call>x")]
    [InlineData(DeepSeek, "<think>Hm.</think>\n" + DeepSeekOpen + "f<｜tool▁sep｜>{\"a\": 1}" + DeepSeekClose, "think:Hm.", "call:f{\"a\": 1}")]
    [InlineData(DeepSeek, "See:" + DeepSeekOpen + "function<｜tool▁sep｜>get_weather\n```json\n{\"a\": \"}\"}\n```<｜tool▁call▁end｜>\n<｜tool▁call▁begin｜>function<｜tool▁sep｜>f\n```json\n{}\n```" + DeepSeekClose, "text:See:", "call:get_weather{\"a\": \"}\"}", "call:f{}")]
    [InlineData(DeepSeek, DeepSeekOpen + "f<｜tool▁sep｜>{}<｜tool▁call▁end｜>", "call:f{}")]
    [InlineData(DeepSeek, "<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>", "call:f{}")]
    [InlineData(DeepSeek, "<｜tool▁calls▁begin｜>oops", "text:<｜tool▁calls▁begin｜>oops")]
    [InlineData(Harmony, "<|channel|>analysis<|message|>Hm, < 3.<|end|><|start|>assistant<|channel|>final<|message|>Yes.<|return|>", "think:Hm, < 3.", "text:Yes.")]
    [InlineData(Harmony, "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{\"a\": 1}<|call|>", "think:Hm.", "call:get_weather{\"a\": 1}")]
    [InlineData(Harmony, "<|channel|>commentary to=functions.f <|constrain|>json<|message|>{\"a\": 1}", "call:f{\"a\": 1}")]
    [InlineData(Harmony, " to=functions.f<|channel|>commentary json<|message|>{}<|call|>", "call:f{}")]
    [InlineData(Harmony, "<|channel|>commentary<|message|>First I look.<|end|><|start|>assistant<|channel|>final<|message|>Done", "text:First I look.Done")]
    [InlineData(Harmony, "<|channel|>commentary to=functions.f<|message|>{\"a\": ", "text:{\"a\": ")]
    [InlineData(Harmony, "no marks at all", "text:no marks at all")]
    public void Parse_Output_IsSplitIntoItsParts(string template, string output, params string[] expected)
    {
        Parse(template, [output]).ShouldBe(expected);
        Parse(template, output.Select(static c => c.ToString())).ShouldBe(expected);
    }

    [Theory]
    [InlineData(Hermes)]
    [InlineData(Llama)]
    [InlineData(Mistral)]
    [InlineData(Coder)]
    [InlineData(DeepSeek)]
    [InlineData(Harmony)]
    public void Parse_AnyCut_GivesTheSameAsTheWhole(string template) =>
        Prop.ForAll(
            Gen.ListOf(Gen.Elements(Fragments)).Select(string.Concat).ToArbitrary(),
            ArbMap.Default.ArbFor<int[]>(),
            (text, places) => Parse(template, ParsedOutput.Cut(text, places)).SequenceEqual(Parse(template, [text])))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Theory]
    [InlineData(Hermes, "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": {\"b\": [1, \"x\"]}}}\n</tool_call>")]
    [InlineData(Llama, "{\"name\": \"f\", \"parameters\": {\"a\": {\"b\": [1, \"x\"]}}}")]
    [InlineData(Mistral, "[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {\"a\": {\"b\": [1, \"x\"]}}}]")]
    public void Parse_CutCall_IsNoCallAndLosesNothing(string template, string output)
    {
        var jsonEnd = output.LastIndexOf('}') + (output.EndsWith(']') ? 2 : 1);
        for (var length = 1; length < jsonEnd; length++)
        {
            Parse(template, [output[..length]]).ShouldBe(["text:" + output[..length]]);
        }
    }

    [Fact]
    public void Parse_Text_LeavesAtOnceUnlessItMayBecomeMarkup()
    {
        var parser = OutputParsers.For(Hermes)(Tools)!;

        parser.Push("Hello <").OfType<TextContent>().Single().Text.ShouldBe("Hello");
        parser.Push("b> you").OfType<TextContent>().Single().Text.ShouldBe(" <b> you");
    }

    [Fact]
    public void Parse_Call_HasIdExactArgumentsAndValues()
    {
        var call = OutputParsers.For(Hermes)(Tools)!.Push("<tool_call>{\"name\": \"f\", \"arguments\": { \"n\" : 1.10 }}</tool_call>").OfType<FunctionCallContent>().Single();

        CallId().IsMatch(call.CallId).ShouldBeTrue();
        call.AdditionalProperties![ToolArguments.JsonKey].ShouldBe("{ \"n\" : 1.10 }");
        call.Arguments!["n"].ShouldBeOfType<JsonElement>().GetRawText().ShouldBe("1.10");
    }

    [Fact]
    public void For_NothingToParse_GivesNoParser()
    {
        OutputParsers.For(Llama)(null).ShouldBeNull();
        OutputParsers.For(Hermes)(null).ShouldNotBeNull();
        OutputParsers.For(Llama)(new ChatOptions { Tools = Tools.Tools, ToolMode = ChatToolMode.None }).ShouldBeNull();
    }

    [Fact]
    public void For_HarmonyWhereNoToolMayBeCalled_MakesNoCall()
    {
        const string Output = "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>";

        ParsedOutput.Of(OutputParsers.For(Harmony)(null)!, [Output]).ShouldBe(["think:Hm.", "text:{}"]);
        ParsedOutput.Of(OutputParsers.For(Harmony)(new ChatOptions { Tools = Tools.Tools, ToolMode = ChatToolMode.None })!, [Output]).ShouldBe(["think:Hm.", "text:{}"]);
    }

    [Fact]
    public void For_TemplateThatOpensTheReasoning_StartsInside()
    {
        const string Template = "{% if enable_thinking is not defined or enable_thinking %}<think>\n{% endif %}";
        var parsers = OutputParsers.For(Template);

        ParsedOutput.Of(parsers(null)!, ["Hm.\n</th", "ink>\n\nYes"]).ShouldBe(["think:Hm.", "text:Yes"]);
        ParsedOutput.Of(parsers(new ChatOptions { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.None } })!, ["Yes"]).ShouldBe(["text:Yes"]);
    }

    [Theory]
    [InlineData(Coder, "<tool_call>\n<function=typed>\n<parameter=text>\na </parameter> b\n</parameter>\n</function>\n</tool_call>\nend")]
    [InlineData(DeepSeek, "<think>Hm.</think>" + DeepSeekOpen + "function<｜tool▁sep｜>f\n```json\n{\"a\": \"<\"}\n```" + DeepSeekClose + "end")]
    [InlineData(Harmony, "<|channel|>analysis<|message|>a <|b<|end|><|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{\"a\": 1}<|call|>")]
    public void Parse_CutAtEveryPlace_GivesTheSame(string template, string output)
    {
        var whole = Parse(template, [output]);
        whole.ShouldContain(part => part.StartsWith("call:", StringComparison.Ordinal));
        for (var first = 0; first <= output.Length; first++)
        {
            for (var second = first; second <= output.Length; second++)
            {
                Parse(template, [output[..first], output[first..second], output[second..]]).ShouldBe(whole, $"cut at {first} and {second}");
            }
        }
    }

    private static IReadOnlyList<string> Parse(string template, IEnumerable<string> pieces) => ParsedOutput.Of(OutputParsers.For(template)(Tools)!, pieces);

    [GeneratedRegex("^call_[A-Za-z0-9]{24}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CallId();
}
