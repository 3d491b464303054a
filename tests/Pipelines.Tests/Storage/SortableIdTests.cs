using GenAI.Pipelines.Storage;

namespace GenAI.Pipelines.Tests.Storage;

public sealed class SortableIdTests
{
    [Fact]
    public void Next_ClockThatStandsAndGoesBack_StillSortsInOrder()
    {
        var time = new ManualTimeProvider();
        var ids = new SortableId(time);
        var made = new List<string>();
        for (var index = 0; index < 70_000; index++)
        {
            made.Add(ids.Next("file-"));
        }

        time.Advance(TimeSpan.FromHours(-1));
        made.Add(ids.Next("file-"));

        made.ShouldBe(made.Order(StringComparer.Ordinal));
        made.ShouldBeUnique();
        made.ShouldAllBe(id => id.Length == "file-".Length + 32);
    }
}
