using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Tests.Engine;

public sealed class FileCollectionTests : CollectionContractTests
{
    private readonly TemporaryFolder _folder = new();

    public FileCollectionTests() => Folder = new FileDirectory(_folder.Path);

    private protected override IDirectory Folder { get; }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
