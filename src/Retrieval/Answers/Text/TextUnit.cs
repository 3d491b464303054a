namespace GenAI.Retrieval.Answers.Text;

/// <summary>A sentence, list item or table row: a half-open range of a passage.</summary>
internal readonly record struct TextUnit(int Start, int End);
