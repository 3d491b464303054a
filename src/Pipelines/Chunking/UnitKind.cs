namespace GenAI.Pipelines.Chunking;

/// <summary>What a unit is to the packer.</summary>
internal enum UnitKind
{
    Sentence,
    Heading,
    TableRow,
}
