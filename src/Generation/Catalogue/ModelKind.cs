namespace GenAI.Generation.Catalogue;

public enum ModelKind
{
    Chat,
    Embedding,
}
