using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GenAI.Generation.Llama.Native;

namespace GenAI.Generation.Tests.Llama.Native;

/// <summary>Holds our structs against the layout a C compiler gives those of llama.cpp v0.5.0 on 64-bit machines, and against the library itself.</summary>
[Collection(LlamaCollection.Name)]
public sealed unsafe class AbiTests
{
    public AbiTests() => NativeRuntime.Require();

    [Fact]
    public void Version_LoadedLibrary_IsTheOneTheStructsAreWrittenFor() => NativeRuntime.Version.ShouldContain("0.5.0");

    [Fact]
    public void Devices_LoadedBackends_HaveAProcessor() => NativeRuntime.Devices.ShouldNotBeEmpty();

    [Fact]
    public void ModelParams_Layout_IsTheLibrarys()
    {
        Unsafe.SizeOf<LlamaModelParams>().ShouldBe(80);
        Offsets<LlamaModelParams>().ShouldBe(new Dictionary<string, int>
        {
            ["Devices"] = 0, ["TensorBufferTypeOverrides"] = 8, ["GpuLayers"] = 16, ["SplitMode"] = 20, ["LoadMode"] = 24, ["LazyMode"] = 28,
            ["MainGpu"] = 32, ["TensorSplit"] = 40, ["ProgressCallback"] = 48, ["ProgressCallbackUserData"] = 56, ["KeyValueOverrides"] = 64,
            ["VocabularyOnly"] = 72, ["CheckTensors"] = 73, ["UseExtraBuffers"] = 74, ["NoHost"] = 75, ["NoAlloc"] = 76, ["LoadMtp"] = 77,
        });
    }

    [Fact]
    public void ModelParams_Defaults_ReadBack()
    {
        var parameters = NativeMethods.ModelDefaultParams();

        parameters.Devices.ShouldBe(0);
        parameters.GpuLayers.ShouldBe(-1);
        parameters.SplitMode.ShouldBe(1);
        parameters.LoadMode.ShouldBeOneOf(LoadMode.Auto, LoadMode.Mmap);
        parameters.MainGpu.ShouldBe(0);
        (parameters.ProgressCallback == null).ShouldBeTrue();
        parameters.VocabularyOnly.ShouldBe((byte)0);
        parameters.UseExtraBuffers.ShouldBe((byte)1);
        parameters.NoAlloc.ShouldBe((byte)0);
    }

    [Fact]
    public void ContextParams_Layout_IsTheLibrarys()
    {
        Unsafe.SizeOf<LlamaContextParams>().ShouldBe(160);
        var offsets = Offsets<LlamaContextParams>();
        offsets.Values.ShouldBe(
        [
            0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 72, 76, 80, 84,
            88, 96, 104, 108, 112, 120, 128, 129, 130, 131, 132, 133, 136, 144, 152,
        ]);
        offsets["MaxOutputsPerSequence"].ShouldBe(24);
        offsets["Pooling"].ShouldBe(44);
        offsets["FlashAttention"].ShouldBe(52);
        offsets["DefragThreshold"].ShouldBe(84);
        offsets["KeyType"].ShouldBe(104);
        offsets["AbortCallback"].ShouldBe(112);
        offsets["Embeddings"].ShouldBe(128);
        offsets["UnifiedKv"].ShouldBe(133);
        offsets["OtherContext"].ShouldBe(152);
    }

    [Fact]
    public void ContextParams_Defaults_ReadBack()
    {
        var parameters = NativeMethods.ContextDefaultParams();

        parameters.ContextTokens.ShouldBe(512u);
        parameters.BatchTokens.ShouldBe(2048u);
        parameters.MicroBatchTokens.ShouldBe(512u);
        parameters.MaxSequences.ShouldBe(1u);
        parameters.MaxOutputs.ShouldBe(0u);
        parameters.RopeScalingType.ShouldBe(-1);
        parameters.Pooling.ShouldBe(PoolingType.Unspecified);
        parameters.AttentionType.ShouldBe(-1);
        parameters.FlashAttention.ShouldBe(-1);
        parameters.YarnBetaFast.ShouldBe(-1f);
        parameters.DefragThreshold.ShouldBe(-1f);
        parameters.KeyType.ShouldBe(1); // GGML_TYPE_F16
        parameters.ValueType.ShouldBe(1);
        (parameters.AbortCallback == null).ShouldBeTrue();
        parameters.Embeddings.ShouldBe((byte)0);
        parameters.OffloadKqv.ShouldBe((byte)1);
        parameters.NoPerf.ShouldBe((byte)1);
        parameters.UnifiedKv.ShouldBe((byte)0);
        parameters.OtherContext.ShouldBe(0);
    }

    [Fact]
    public void SmallStructs_Layout_IsTheLibrarys()
    {
        Unsafe.SizeOf<LlamaBatch>().ShouldBe(56);
        Offsets<LlamaBatch>().Values.ShouldBe([0, 8, 16, 24, 32, 40, 48]);
        Unsafe.SizeOf<LlamaTokenData>().ShouldBe(12);
        Offsets<LlamaTokenData>().Values.ShouldBe([0, 4, 8]);
        Unsafe.SizeOf<LlamaTokenDataArray>().ShouldBe(32);
        Offsets<LlamaTokenDataArray>().Values.ShouldBe([0, 8, 16, 24]);
        Unsafe.SizeOf<GgmlThreadPoolParams>().ShouldBe(528);
        Offsets<GgmlThreadPoolParams>().Values.ShouldBe([0, 512, 516, 520, 524, 525]);
    }

    [Fact]
    public void ThreadPoolParams_Defaults_ReadBack()
    {
        GgmlThreadPoolParams parameters;
        NativeMethods.ThreadPoolParamsInit(&parameters, 3);

        parameters.Threads.ShouldBe(3);
        parameters.Poll.ShouldBe(50u);
        parameters.StrictCpu.ShouldBe((byte)0);
        parameters.Paused.ShouldBe((byte)0);
        parameters.CpuMask[511].ShouldBe((byte)0);
    }

    private static Dictionary<string, int> Offsets<T>()
        where T : struct =>
        typeof(T).GetFields().ToDictionary(field => field.Name, field => (int)Marshal.OffsetOf<T>(field.Name));
}
