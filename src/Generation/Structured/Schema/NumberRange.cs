using System.Text.Json.Nodes;

namespace GenAI.Generation.Structured.Schema;

/// <summary>Bounds of a number.</summary>
internal sealed record NumberRange(decimal? Min, bool ExcludesMin, decimal? Max, bool ExcludesMax)
{
    public bool IsOpen => Min is null && Max is null;

    public static NumberRange Of(JsonObject schema, string path)
    {
        var (min, excludesMin) = Tighter(Bound(schema, "minimum", path), Bound(schema, "exclusiveMinimum", path), isMin: true);
        var (max, excludesMax) = Tighter(Bound(schema, "maximum", path), Bound(schema, "exclusiveMaximum", path), isMin: false);

        // Draft 4 writes exclusiveness as a flag beside the bound.
        return new NumberRange(min, excludesMin || IsFlag(schema, "exclusiveMinimum"), max, excludesMax || IsFlag(schema, "exclusiveMaximum"));
    }

    public bool Contains(decimal value) =>
        (Min is not { } min || (ExcludesMin ? value > min : value >= min)) && (Max is not { } max || (ExcludesMax ? value < max : value <= max));

    private static (decimal? Value, bool Excludes) Tighter(decimal? inclusive, decimal? exclusive, bool isMin) => exclusive is { } e
        && (inclusive is not { } i || (isMin ? e >= i : e <= i))
            ? (exclusive, true)
            : (inclusive, false);

    private static bool IsFlag(JsonObject schema, string keyword) => schema[keyword] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    private static decimal? Bound(JsonObject schema, string keyword, string path) => schema[keyword] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<decimal>(out var number) => number,
        JsonValue value when value.TryGetValue<bool>(out _) => null,
        _ => throw new UnsupportedSchemaException(keyword, path, "is not a number of ordinary size"),
    };
}
