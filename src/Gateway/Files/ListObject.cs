using GenAI.Pipelines.Storage;

namespace GenAI.Gateway.Files;

/// <summary>A page as OpenAI's clients read it: they ask on with <c>after=last_id</c> while <c>has_more</c>.</summary>
internal sealed record ListObject<T>(string Object, IReadOnlyList<T> Data, string? FirstId, string? LastId, bool HasMore)
{
    public static ListObject<T> Of<TItem>(Page<TItem> page, Func<TItem, T> convert, Func<T, string> id)
    {
        var data = page.Items.Select(convert).ToList();
        return new ListObject<T>("list", data, data.Count == 0 ? null : id(data[0]), data.Count == 0 ? null : id(data[^1]), page.HasMore);
    }
}
