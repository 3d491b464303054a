namespace GenAI.Pipelines.Storage;

/// <summary>Which page of a list is wanted.</summary>
/// <param name="Limit">Most items on the page.</param>
/// <param name="Descending">True for newest first.</param>
/// <param name="After">Id of the item the page follows.</param>
/// <param name="Before">Id of the item the page ends at; the page then holds the items nearest to it.</param>
public sealed record PageRequest(int Limit, bool Descending, string? After, string? Before)
{
    public static PageRequest First(int limit) => new(limit, Descending: true, null, null);

    /// <summary>SQL that follows a WHERE with at least one condition, for rows that sort by <paramref name="column"/>.</summary>
    /// <remarks>Uses @After, @Before and @Fetch, one row more than the page holds to learn whether there are more.</remarks>
    internal string Sql(string column)
    {
        var after = After is null ? "" : Descending ? $" AND {column} < @After" : $" AND {column} > @After";
        var before = Before is null ? "" : Descending ? $" AND {column} > @Before" : $" AND {column} < @Before";
        return $"{after}{before} ORDER BY {column} {(Descending != ReadsBackwards ? "DESC" : "ASC")} LIMIT @Fetch";
    }

    internal int Fetch => Limit + 1;

    /// <summary>With only <c>before</c>, rows are read away from the cursor and turned round.</summary>
    private bool ReadsBackwards => After is null && Before is not null;

    internal Page<T> Cut<T>(IEnumerable<T> rows)
    {
        var items = rows.ToList();
        var hasMore = items.Count > Limit;
        if (hasMore)
        {
            items.RemoveAt(items.Count - 1);
        }

        if (ReadsBackwards)
        {
            items.Reverse();
        }

        return new Page<T>(items, hasMore);
    }
}
