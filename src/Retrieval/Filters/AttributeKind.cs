namespace GenAI.Retrieval.Filters;

public enum AttributeKind
{
    Text,
    Number,
    Truth,
}
