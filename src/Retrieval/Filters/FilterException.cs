namespace GenAI.Retrieval.Filters;

/// <summary>A filter that cannot be understood. The message may be shown to the caller.</summary>
public sealed class FilterException : Exception
{
    public FilterException(string path, string problem)
        : base($"{path}: {problem}")
    {
        Path = path;
    }

    /// <summary>Where in the filter the fault is, such as <c>filters[1].value</c>.</summary>
    public string Path { get; }
}
