using GenAI.Generation.Structured.Grammars;

namespace GenAI.Generation.Tests.Structured.Grammars;

public sealed class GrammarLimitsTests
{
    [Theory]
    [InlineData("root ::= \"yes\" | \"no\"")]
    [InlineData("root ::= item+\nitem ::= \"- \" [^\\n]{1,80} \"\\n\" # a line\n")]
    [InlineData("root ::= expression\nexpression ::= term (\" \"? [-+*/] \" \"? term)*\nterm ::= [0-9]+ | \"(\" expression \")\" | name (\"(\" expression \")\")?\nname ::= [a-z] [a-z0-9_]*")]
    [InlineData("root ::= (\n  \"a\" |\n  \"b\\\"\\x41\\u00e9\"\n) . <think> !<[7]>")]
    [InlineData("root ::= [a-z]{0,2000} \" \" ([0-9]{1,3} \",\"){2,} \"]\"")]
    [InlineData("root ::= word (\" \" word)*\nword ::= [a-zA-Z']+ | [0-9]+ (\".\" [0-9]+)? | word-two\nword-two ::= [a-zA-Z]+ \"-\" [a-zA-Z]+")]
    public void Check_OrdinaryGrammar_Passes(string grammar) => Should.NotThrow(() => GrammarLimits.Check(grammar));

    [Fact]
    public void Check_LongListOfWordsThatBeginAlike_Passes() =>
        Should.NotThrow(() => GrammarLimits.Check("root ::= " + string.Join(" | ", Enumerable.Range(0, 900).Select(i => $"\"word {i}\""))));

    [Theory]
    [InlineData("root ::= a\na ::= a \"x\" | \"y\"", "left recursion")]
    [InlineData("root ::= b? root \"x\" | \"y\"\nb ::= \"b\"", "left recursion")]
    [InlineData("root ::= s\ns ::= \"a\" s \"t\" | \"a\" s \"u\" | \"b\"", "ways at once")]
    [InlineData("root ::= ((([a-z]{1,1999}){1,1999}){1,1999}) \"!\"", "ways at once")]
    [InlineData("root ::= \"a\"{99999}", "at most 2000")]
    [InlineData("root ::= \"a", "not closed")]
    [InlineData("root ::= (\"a\"", "not closed")]
    [InlineData("root ::= \"a\" ]", "character 14")]
    [InlineData("a ::= \"a\"", "root")]
    public void Check_EndlessWorkOrNoGrammar_IsRefusedInWords(string grammar, string why)
    {
        var failure = Should.Throw<GenerationException>(() => GrammarLimits.Check(grammar));

        failure.Failure.ShouldBe(GenerationFailure.InvalidRequest);
        failure.Message.ShouldContain(why);
    }

    [Fact]
    public void Check_DeepParentheses_AreRefusedInsteadOfEndingTheProcess() =>
        Should.Throw<GenerationException>(() => GrammarLimits.Check("root ::= " + new string('(', 30_000) + "\"a\"" + new string(')', 30_000)))
            .Message.ShouldContain("parentheses");

    [Fact]
    public void Check_RulesThatDoubleBeforeTheFirstCharacter_AreRefused()
    {
        // Two alternatives a rule, and twice as many ways with each.
        var rules = string.Concat(Enumerable.Range(0, 40).Select(i => $"r{i} ::= r{i + 1} \"x\" | r{i + 1} \"y\"\n"));

        Should.Throw<GenerationException>(() => GrammarLimits.Check("root ::= r0\n" + rules + "r40 ::= \"a\"")).Message.ShouldContain("too many ways before");
    }

    [Fact]
    public void Check_OneLargeSetInManyPlaces_IsLookedThroughOnceForEachCharacter()
    {
        // Looked through for each place it takes minutes.
        var grammar = "root ::= " + string.Concat(Enumerable.Repeat("s? ", 250)) + "\ns ::= [" + new string('b', 60_000) + "a]";

        Should.NotThrow(() => GrammarLimits.Check(grammar));
    }

    [Fact]
    public void Check_SetsThatUnrollIntoMillions_AreRefused()
    {
        var set = "[" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"\\u{0x4E00 + (i * 2):X4}")) + "]";

        Should.Throw<GenerationException>(() => GrammarLimits.Check($"root ::= {set}{{1999}}")).Message.ShouldContain("unrolls");
    }
}
