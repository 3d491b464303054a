namespace GenAI.Retrieval.Answers.Tables;

/// <summary>A row of a table with what stands above it, so that its figures mean something. Offsets are into the text it was read from.</summary>
/// <param name="Label">The row's name, wrapped lines joined.</param>
/// <param name="Values">The cells after the name, as they are written.</param>
/// <param name="Columns">A name for each value, or none where the columns cannot be told apart for certain.</param>
/// <param name="Group">The line between the rows that names a group of them, such as "Cost of revenue:", or null.</param>
/// <param name="Caption">What the table says of itself; may be empty.</param>
/// <param name="Unit">The words in the caption that say what is counted, such as "in millions"; may be empty.</param>
/// <param name="Start">Where the row begins, the first line of its name included.</param>
/// <param name="HeaderStart">Where caption and column names begin; equal to <paramref name="HeaderEnd"/> where there are none.</param>
internal sealed record TableRow(
    string Label,
    IReadOnlyList<string> Values,
    IReadOnlyList<string> Columns,
    TableLine? Group,
    string Caption,
    string Unit,
    int Start,
    int End,
    int HeaderStart,
    int HeaderEnd)
{
    /// <summary>The cells over the columns, also where it is not certain which of them is over which figure.</summary>
    public IReadOnlyList<string> Headers { get; init; } = Columns;

    public string GroupName => Group?.Cells[0].TrimEnd(':') ?? string.Empty;
}
