using System.Globalization;
using System.Text.Json;
using GenAI.Gateway.Errors;

namespace GenAI.Gateway.Json;

/// <summary>
/// Reads the fields of a request object: what is unknown is passed over, null means absent, and a value of the wrong
/// kind ends the request with an error that names the field.
/// </summary>
/// <remarks>Throws <see cref="ApiException"/> (400) and nothing else.</remarks>
internal readonly struct JsonFields(JsonElement element, string path)
{
    public JsonElement Element => element;

    /// <summary>The field's full name for an error message, such as <c>messages[2].content</c>.</summary>
    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>False when the field is absent or null.</summary>
    public bool TryGet(string name, out JsonElement value) =>
        element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    public string? Text(string name, int maxLength = int.MaxValue)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        var text = AsText(value, PathOf(name));
        return text.Length <= maxLength
            ? text
            : throw Invalid(name, $"is {text.Length} characters long; at most {maxLength} are allowed");
    }

    public string RequiredText(string name, int maxLength = int.MaxValue) =>
        Text(name, maxLength) is { Length: > 0 } text ? text : throw new ApiException(ApiErrors.Missing(PathOf(name)));

    public bool? Truth(string name) => !TryGet(name, out var value)
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw WrongKind(PathOf(name), "true or false", value),
        };

    public double? Number(string name, double min, double max)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            throw WrongKind(PathOf(name), "a number", value);
        }

        var number = value.GetDouble();
        return number >= min && number <= max ? number : throw OutOfRange(name, min, max, value);
    }

    public long? Integer(string name, long min, long max)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            throw WrongKind(PathOf(name), "an integer", value);
        }

        // 5.0 is an integer too: some clients know no other numbers.
        if (!value.TryGetInt64(out var number))
        {
            var real = value.GetDouble();
            number = real == Math.Floor(real) && Math.Abs(real) < 1e18 ? (long)real : throw WrongKind(PathOf(name), "an integer", value);
        }

        return number >= min && number <= max ? number : throw OutOfRange(name, min, max, value);
    }

    public JsonFields? Object(string name) => !TryGet(name, out var value) ? null : AsObject(value, PathOf(name));

    /// <summary>The field's items, none when it is absent.</summary>
    public IReadOnlyList<JsonElement> Items(string name, int maxCount = int.MaxValue)
    {
        if (!TryGet(name, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw WrongKind(PathOf(name), "an array", value);
        }

        var count = value.GetArrayLength();
        return count <= maxCount
            ? [.. value.EnumerateArray()]
            : throw Invalid(name, $"has {count} items; at most {maxCount} are allowed");
    }

    public IReadOnlyList<JsonFields> Objects(string name, int maxCount = int.MaxValue)
    {
        var itemPath = PathOf(name);
        return [.. Items(name, maxCount).Select((item, index) => AsObject(item, $"{itemPath}[{index}]"))];
    }

    public IReadOnlyList<string> Texts(string name, int maxCount = int.MaxValue)
    {
        var itemPath = PathOf(name);
        return [.. Items(name, maxCount).Select((item, index) => AsText(item, $"{itemPath}[{index}]"))];
    }

    /// <summary>Reads a string or ends the request; half a surrogate pair cannot be read as text.</summary>
    public static string AsText(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw WrongKind(path, "a string", value);
        }

        try
        {
            return value.GetString()!; // a string element never reads as null
        }
        catch (InvalidOperationException)
        {
            throw new ApiException(ApiErrors.Invalid($"'{path}' holds half a surrogate pair; the text was probably cut inside an emoji.", path));
        }
    }

    public static JsonFields AsObject(JsonElement value, string path) => value.ValueKind == JsonValueKind.Object
        ? new JsonFields(value, path)
        : throw WrongKind(path, "an object", value);

    public ApiException Invalid(string name, string complaint) =>
        new(ApiErrors.Invalid($"'{PathOf(name)}' {complaint}.", PathOf(name)));

    public static ApiException WrongKind(string path, string wanted, JsonElement value) => new(ApiErrors.Invalid(
        $"'{path}' must be {wanted}, not {Describe(value)}.", path, "invalid_type"));

    private ApiException OutOfRange(string name, double min, double max, JsonElement value) => Invalid(
        name,
        string.Create(CultureInfo.InvariantCulture, $"must be between {min} and {max}, not {value.GetRawText()}"));

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => $"the number {value.GetRawText()}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };
}
