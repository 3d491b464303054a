using GenAI.Generation.Catalogue;

namespace GenAI.Generation.Tests.Catalogue;

public sealed class GgufFileTests
{
    [Fact]
    public void Read_StarterChatModel_TellsWhatItIs()
    {
        var metadata = GgufFile.Read(Path.Combine(Repository.Models, "SmolLM2-135M-Instruct-Q4_1-00001-of-00002.gguf"));

        metadata.Architecture.ShouldBe("llama");
        metadata.ContextTokens.ShouldBe(8192);
        metadata.EmbeddingLength.ShouldBe(576);
        metadata.LayerCount.ShouldBe(30);
        metadata.VocabularySize.ShouldBe(49152);
        metadata.Quantisation.ShouldBe("Q4_1");
        metadata.SplitCount.ShouldBe(2);
        metadata.ChatTemplate.ShouldNotBeNull().ShouldContain("<|im_start|>");
    }

    [Fact]
    public void Read_StarterEmbedder_HasClsPooling()
    {
        var metadata = GgufFile.Read(Path.Combine(Repository.Models, "bge-small-en-v1.5-Q8_0.gguf"));

        metadata.Architecture.ShouldBe("bert");
        metadata.EmbeddingLength.ShouldBe(384);
        metadata.ContextTokens.ShouldBe(512);
        metadata.Pooling.ShouldBe("cls");
        metadata.Quantisation.ShouldBe("Q8_0");
    }

    [Fact]
    public void Read_HeaderCutAnywhere_SaysThatItIsDamaged()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Path.Combine(Repository.Models, "bge-small-en-v1.5-Q8_0.gguf")).AsSpan(0, 4096);
        foreach (var length in new[] { 5, 12, 30, 100, 1000, 4096 })
        {
            var path = Path.Combine(folder.Path, $"cut-{length}.gguf");
            File.WriteAllBytes(path, whole[..length].ToArray());

            var failure = Should.Throw<GenerationException>(() => GgufFile.Read(path));

            failure.Failure.ShouldBe(GenerationFailure.ModelUnavailable);
            failure.Message.ShouldContain("damaged");
        }
    }

    [Fact]
    public void Read_HostileLength_IsRefusedWithoutAllocating()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "hostile.gguf");
        using (var writer = new BinaryWriter(File.Create(path)))
        {
            writer.Write("GGUF"u8);
            writer.Write(3u);
            writer.Write(1UL);
            writer.Write(1UL);
            writer.Write(ulong.MaxValue);
        }

        Should.Throw<GenerationException>(() => GgufFile.Read(path)).Message.ShouldContain("damaged");
    }

    [Fact]
    public void Read_NumberBeyondAnyModel_IsCappedAndNoCrash()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "large.gguf");
        using (var writer = new BinaryWriter(File.Create(path)))
        {
            writer.Write("GGUF"u8);
            writer.Write(3u);
            writer.Write(0UL);
            writer.Write(1UL);
            writer.Write((ulong)".context_length"u8.Length);
            writer.Write(".context_length"u8);
            writer.Write((uint)GgufValueType.UInt64);
            writer.Write(ulong.MaxValue);
        }

        GgufFile.Read(path).ContextTokens.ShouldBe(int.MaxValue);
    }

    [Fact]
    public void Read_OtherFormat_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "model.gguf");
        File.WriteAllText(path, "PK not a model at all");

        Should.Throw<GenerationException>(() => GgufFile.Read(path)).Message.ShouldContain("not a GGUF file");
    }
}
