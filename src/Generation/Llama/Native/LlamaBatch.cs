using System.Runtime.InteropServices;

namespace GenAI.Generation.Llama.Native;

/// <summary><c>llama_batch</c>: the tokens of one decode, of any number of sequences.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaBatch
{
    public int TokenCount;
    public int* Tokens;
    public float* Embeddings;
    public int* Positions;
    public int* SequenceCounts;
    public int** SequenceIds;
    public sbyte* Outputs;
}
