using System.Text.Json;

namespace GenAI.Retrieval.Filters;

/// <summary>Reads filters in the shape of the vector store API.</summary>
/// <remarks>
/// A comparison is <c>{"type": eq|ne|gt|gte|lt|lte|in|nin, "key", "value"}</c>, a group
/// <c>{"type": and|or, "filters": [...]}</c>. Whatever is not understood is refused: a filter that is
/// passed over in silence shows documents that it should have hidden.
/// </remarks>
public static class FilterJson
{
    public const int MaxDepth = 16;
    public const int MaxConditions = 512;
    public const int MaxValues = 4096;
    public const int MaxKeyLength = 64;
    public const int MaxTextLength = 512;

    /// <summary>Parses a filter.</summary>
    /// <exception cref="FilterException">The filter is malformed or too large; the message names the place.</exception>
    public static Filter Parse(JsonElement element) => new FilterReader().Read(element, "filters", depth: 1);
}
