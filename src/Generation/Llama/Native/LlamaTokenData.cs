using System.Runtime.InteropServices;

namespace GenAI.Generation.Llama.Native;

/// <summary><c>llama_token_data</c>: a candidate of a sampler.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LlamaTokenData
{
    public int Id;
    public float Logit;
    public float Probability;
}
