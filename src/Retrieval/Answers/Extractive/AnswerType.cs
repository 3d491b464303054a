namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>What kind of thing a question asks for.</summary>
internal enum AnswerType
{
    Other,
    Number,
    Date,
    Person,
    Place,
    Reason,
}
