namespace GenAI.Generation.Llama.Native;

/// <summary><c>llama_load_mode</c>.</summary>
internal enum LoadMode
{
    Auto = -1,
    None = 0,
    Mmap = 1,
    Mlock = 2,
    MmapMlock = 3,
    DirectIo = 4,
}
