namespace GenAI.Retrieval.Answers.Text;

/// <summary>What a unit is in its document; it decides what the unit can say alone.</summary>
internal enum UnitKind
{
    Sentence,

    /// <summary>An item of a list with all its sentences.</summary>
    Item,

    /// <summary>A row of a table, marked with bars or known by its numbers.</summary>
    Row,

    /// <summary>The names of a table's columns.</summary>
    ColumnNames,

    /// <summary>Names what follows and says nothing itself.</summary>
    Heading,

    /// <summary>A line that is only drawn.</summary>
    Rule,
}
