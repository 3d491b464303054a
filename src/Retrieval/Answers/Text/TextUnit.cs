namespace GenAI.Retrieval.Answers.Text;

/// <summary>A sentence, list item, heading or table row: a half-open range of a passage.</summary>
internal readonly record struct TextUnit(int Start, int End, UnitKind Kind)
{
    /// <summary>Whether a reader takes it for an answer.</summary>
    public bool CanAnswer => Kind is UnitKind.Sentence or UnitKind.Item or UnitKind.Row;
}
