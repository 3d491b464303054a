using System.Globalization;
using GenAI.Gateway.Errors;
using GenAI.Pipelines.Storage;

namespace GenAI.Gateway.Files;

/// <summary>Reads <c>limit</c>, <c>order</c>, <c>after</c> and <c>before</c> of a list request.</summary>
internal static class PageQuery
{
    /// <exception cref="ApiException">A value is out of range.</exception>
    public static PageRequest Read(HttpRequest request, int defaultLimit, int maxLimit)
    {
        var limit = defaultLimit;
        if (Text(request, "limit") is { } given
            && (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1 || limit > maxLimit))
        {
            throw new ApiException(ApiErrors.Invalid($"'limit' must be a whole number from 1 to {maxLimit}, not '{given}'.", "limit"));
        }

        var descending = Text(request, "order") switch
        {
            null or "desc" => true,
            "asc" => false,
            var other => throw new ApiException(ApiErrors.Invalid($"'order' must be 'asc' or 'desc', not '{other}'.", "order")),
        };
        return new PageRequest(limit, descending, Text(request, "after"), Text(request, "before"));
    }

    /// <summary>A query parameter, where empty means absent.</summary>
    public static string? Text(HttpRequest request, string name) =>
        request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
