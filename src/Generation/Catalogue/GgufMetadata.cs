namespace GenAI.Generation.Catalogue;

/// <summary>What the header of a GGUF file says of its model.</summary>
/// <param name="Architecture"><c>general.architecture</c>, such as <c>llama</c> or <c>bert</c>.</param>
/// <param name="Name"><c>general.name</c>, or empty.</param>
/// <param name="ContextTokens">Tokens the model was trained for, or 0 when the file does not say.</param>
/// <param name="EmbeddingLength">Width of the hidden state, which is the vector length of an embedding model.</param>
/// <param name="LayerCount">Number of blocks.</param>
/// <param name="VocabularySize">Number of tokens.</param>
/// <param name="ChatTemplate">Jinja source of the chat template, or null.</param>
/// <param name="Quantisation">Name of the weights' main type, such as <c>Q4_K_M</c>.</param>
/// <param name="ParameterCount">Number of weights in this file.</param>
/// <param name="Pooling">Pooling of an embedding model: <c>none</c>, <c>mean</c>, <c>cls</c>, <c>last</c> or <c>rank</c>; null when not set.</param>
/// <param name="License"><c>general.license</c>, or empty.</param>
/// <param name="SplitIndex">Which part of a split model this is, from 0.</param>
/// <param name="SplitCount">Number of parts, 1 for a model in one file.</param>
public sealed record GgufMetadata(
    string Architecture,
    string Name,
    int ContextTokens,
    int EmbeddingLength,
    int LayerCount,
    int VocabularySize,
    string? ChatTemplate,
    string Quantisation,
    long ParameterCount,
    string? Pooling,
    string License,
    int SplitIndex,
    int SplitCount);
