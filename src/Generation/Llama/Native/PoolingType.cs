namespace GenAI.Generation.Llama.Native;

/// <summary><c>llama_pooling_type</c>.</summary>
internal enum PoolingType
{
    Unspecified = -1,
    None = 0,
    Mean = 1,
    Cls = 2,
    Last = 3,
    Rank = 4,
}
