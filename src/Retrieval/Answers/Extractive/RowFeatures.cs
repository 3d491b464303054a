namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>What speaks for a row of a table as the answer; shares lie between 0 and 1.</summary>
/// <param name="Cosine">Likeness in meaning of the question and all that names the row, or 0 without an embedder.</param>
/// <param name="Label">Share of the words of the row's name that the question asks for; a word that only names the document does not count.</param>
/// <param name="Context">Share, by rarity, of the question's words in the row's name, its columns, group and caption, the headings, the file's name, or names that the document writes.</param>
/// <param name="Period">1 when the question names a year and a column is of it, -1 when the columns are of other years, 0 when either names none.</param>
/// <param name="Missing">Share of the question's proper names that the document never writes.</param>
internal readonly record struct RowFeatures(double Cosine, double Label, double Context, double Period, double Missing);
