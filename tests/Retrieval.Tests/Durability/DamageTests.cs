using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using GenAI.Retrieval.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Retrieval.Tests.Durability;

public sealed class DamageTests
{
    [Fact]
    public async Task Open_AnyByteOfAnyFileFlipped_IsRefusedOrHarmless()
    {
        var files = await FilesOfACollectionAsync();
        files.Keys.Select(Path.GetExtension).ShouldBe([".json", ".log", ".segment"], ignoreOrder: true);
        foreach (var (name, bytes) in files)
        {
            for (var position = 0; position < bytes.Length; position++)
            {
                var error = await OpenAsync(files, name, content => content[position] ^= 0x10);

                // Between the sections of a segment lie bytes that mean nothing; everywhere else it must be noticed.
                if (error is null)
                {
                    bytes[position].ShouldBe((byte)0, $"{name} byte {position} was changed and nobody noticed");
                    Path.GetExtension(name).ShouldBe(".segment");
                }
                else
                {
                    error.Message.ShouldContain(name);
                }
            }
        }
    }

    [Fact]
    public async Task Open_FileMissing_IsRefusedByName()
    {
        var files = await FilesOfACollectionAsync();
        foreach (var name in files.Keys.Where(name => !name.EndsWith(".json", StringComparison.Ordinal)))
        {
            var rest = files.Where(file => file.Key != name).ToDictionary();
            (await OpenAsync(rest, null, _ => { })).ShouldNotBeNull().Message.ShouldContain(name);
        }
    }

    /// <summary>Opens the files with one of them changed. Also asks for every document, so that an unnoticed change would show.</summary>
    private static async Task<CorruptStoreException?> OpenAsync(Dictionary<string, byte[]> files, string? changed, Action<byte[]> change)
    {
        var directory = new MemoryDirectory();
        foreach (var (name, bytes) in files)
        {
            var content = bytes.ToArray();
            if (name == changed)
            {
                change(content);
            }

            using var file = directory.Create(name);
            file.Append(content);
        }

        try
        {
            await using var collection = DocumentCollection.Open(directory, new EngineOptions(), NullLogger.Instance, TestContext.Current.CancellationToken);
            collection.DocumentIds().Select(id => collection.Find(id)!.Text).ShouldBe(["stored words", "logged words"]);
            return null;
        }
        catch (CorruptStoreException error)
        {
            return error;
        }
    }

    private static async Task<Dictionary<string, byte[]>> FilesOfACollectionAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var directory = new MemoryDirectory();
        DocumentCollection.Create(directory, new CollectionConfig("c", 0, string.Empty));
        await using (var first = DocumentCollection.Open(directory, new EngineOptions(), NullLogger.Instance, token))
        {
            await first.CommitAsync([Documents.Of("a", ["stored words"])], token);
        }

        await using var second = DocumentCollection.Open(directory, new EngineOptions(), NullLogger.Instance, token);
        await second.CommitAsync([Documents.Of("b", ["logged words"])], token);
        return directory.Files().ToDictionary(name => name, name => directory.Open(name).Slice(0, (int)directory.Length(name)).ToArray());
    }
}
