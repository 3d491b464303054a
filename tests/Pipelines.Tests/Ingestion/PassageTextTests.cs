using GenAI.Pipelines.Ingestion;
using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.Tests.Ingestion;

public sealed class PassageTextTests
{
    [Fact]
    public void Of_ContextKept_StandsBetweenTitleAndText() =>
        PassageText.Of("plans/night_shift-2024.md", Passage("They begin at ten.") with { Context = "Plants > Lisbon\n| Shift | Hour |" })
            .ShouldBe("night shift 2024\nPlants > Lisbon\n| Shift | Hour |\nThey begin at ten.");

    [Fact]
    public void Of_EmptyContext_AddsNoLine() =>
        PassageText.Of("shifts.md", Passage("Lisbon\nThey begin at ten.") with { Context = "" }).ShouldBe("shifts\nLisbon\nThey begin at ten.");

    [Fact]
    public void Of_PassageOfAFolderThatKeptNoContext_TakesTheHeadingsAboveIt()
    {
        PassageText.Of("shifts.md", Passage("They begin at ten.")).ShouldBe("shifts\nPlants > Lisbon\nThey begin at ten.");
        PassageText.Of("shifts.md", Passage("## Lisbon\n\nThey begin at ten.")).ShouldBe("shifts\nPlants\n## Lisbon\n\nThey begin at ten.");
    }

    private static Chunk Passage(string text) => new(0, text, 0, text.Length, ["Plants", "Lisbon"], null, default);
}
