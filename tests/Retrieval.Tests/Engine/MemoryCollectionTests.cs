using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Tests.Engine;

public sealed class MemoryCollectionTests : CollectionContractTests
{
    private protected override IDirectory Folder { get; } = new MemoryDirectory();
}
