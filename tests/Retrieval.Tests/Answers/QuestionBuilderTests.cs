using GenAI.Retrieval.Answers.Chat;
using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class QuestionBuilderTests
{
    [Fact]
    public void Build_WholeQuestion_StandsAlone() =>
        Build("How long is the bridge?", "Which museum opened first in Warsaw?").ShouldBe("Which museum opened first in Warsaw?");

    [Theory]
    [InlineData("and in 2022?")]
    [InlineData("Why?")]
    [InlineData("What about the southern railway station tunnel?")]
    public void Build_FollowUp_TakesTheTurnBefore(string followUp) =>
        Build("What was the revenue of Acme in 2021?", followUp).ShouldBe($"What was the revenue of Acme in 2021? {followUp}");

    [Fact]
    public void Build_NoUserTurn_IsEmpty() =>
        QuestionBuilder.Build([new ChatMessage(ChatRole.System, "Be brief.")]).ShouldBeEmpty();

    [Fact]
    public void Build_AssistantTurns_AreNotQuestions() =>
        QuestionBuilder.Build([new(ChatRole.User, "How long is the Meridian bridge?"), new(ChatRole.Assistant, "412 metres"), new(ChatRole.User, "and wide?")])
            .ShouldBe("How long is the Meridian bridge? and wide?");

    private static string Build(params string[] turns) =>
        QuestionBuilder.Build(turns.Select(turn => new ChatMessage(ChatRole.User, turn)));
}
