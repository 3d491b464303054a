namespace GenAI.Generation.Llama;

/// <summary>How a model file is loaded.</summary>
public sealed class LlamaModelOptions
{
    /// <summary>Layers kept on a GPU where the engine has one; negative for all.</summary>
    public int GpuLayers { get; set; } = -1;

    /// <summary>The name requests know the model by; the file's name without its ending when null.</summary>
    public string? Name { get; set; }
}
