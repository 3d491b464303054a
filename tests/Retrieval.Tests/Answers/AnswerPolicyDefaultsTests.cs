using GenAI.Retrieval.Answers;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class AnswerPolicyDefaultsTests
{
    [Fact]
    public void For_UnknownOrNoModel_IsTheExtract()
    {
        AnswerPolicyDefaults.For(null).ShouldBe(AnswerPolicyNames.Extractive);
        AnswerPolicyDefaults.For("some-70b").ShouldBe(AnswerPolicyNames.Extractive);
    }

    [Fact]
    public void For_Configured_IsTheOperatorsWord()
    {
        var configured = new Dictionary<string, string> { ["big"] = AnswerPolicyNames.Generated, ["*"] = AnswerPolicyNames.Constrained };

        AnswerPolicyDefaults.For("big", configured).ShouldBe(AnswerPolicyNames.Generated);
        AnswerPolicyDefaults.For("small", configured).ShouldBe(AnswerPolicyNames.Constrained);
        AnswerPolicyDefaults.For(null, configured).ShouldBe(AnswerPolicyNames.Constrained);
    }
}
