using GenAI.Retrieval.Answers.Extractive;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class QuestionCodesTests
{
    [Theory]
    [InlineData("What does E-203 mean?", "E-203")]
    [InlineData("what does e203 mean?", "the code E-203 says")]
    [InlineData("Who keeps HV-0255?", "Drone (HV‑0255)")]
    [InlineData("Is FM-OC-17 in stock?", "part FM-OC-17.")]
    [InlineData("Does RFC 2119 or RFC2119 matter?", "see RFC 2119")]
    public void IsIn_SameLettersAndDigits_Holds(string question, string text) => new QuestionCodes(question).IsIn(text).ShouldBeTrue();

    [Theory]
    [InlineData("What does E-203 mean?", "E-2031")]
    [InlineData("What does E-203 mean?", "HE-203")]
    [InlineData("What does E-203 mean?", "E-204 and 203")]
    [InlineData("Is FM-OC-17 in stock?", "FM-OC-171")]
    public void IsIn_NearlyTheSame_DoesNot(string question, string text) => new QuestionCodes(question).IsIn(text).ShouldBeFalse();

    [Theory]
    [InlineData("What was revenue in FY2022 and Q2-2023?")]
    [InlineData("Who ruled in the mid-1990s and pre-1900?")]
    [InlineData("Who fumbled on 3rd-and-9 in the 1990s?")]
    [InlineData("What do 14 months cost?")]
    [InlineData("")]
    public void Allow_NoCode_AllowsEverything(string question)
    {
        var unit = new Candidate(TestEvidence.Bridge[0], 0, 0, new(0, 10, Retrieval.Answers.Text.UnitKind.Sentence));

        new QuestionCodes(question).Allow(unit, null).ShouldBeTrue();
    }
}
