using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GenAI.Pipelines.Parsing.Tabular;

/// <summary>JSON as lines <c>path: value</c>, with an empty line between the elements of an outermost array.</summary>
internal sealed class JsonParser(bool lines) : IDocumentParser
{
    private const int MaxDepth = 256;

    public ParsedDocument Parse(string path, ParseLimits limits)
    {
        var text = TextDecoder.ReadAll(path, limits);
        var builder = new DocumentBuilder(limits);
        if (!lines)
        {
            Flatten(builder, Encoding.UTF8.GetBytes(text), 0);
            return builder.Build();
        }

        var number = 0;
        foreach (var line in text.AsSpan().Split('\n'))
        {
            if (!text.AsSpan(line).IsWhiteSpace())
            {
                Flatten(builder, Encoding.UTF8.GetBytes(text[line]), number);
                builder.EndParagraph();
            }

            number++;
        }

        return builder.Build();
    }

    private static void Flatten(DocumentBuilder builder, byte[] json, int lineOffset)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = MaxDepth,
        });
        var path = new JsonPath();
        try
        {
            while (reader.Read())
            {
                Step(builder, ref reader, path);
            }
        }
        catch (JsonException broken)
        {
            var line = lineOffset + (broken.LineNumber ?? 0) + 1;
            throw new ParseException(
                ParseFailure.Malformed,
                string.Create(CultureInfo.InvariantCulture, $"The JSON is broken at line {line}, byte {(broken.BytePositionInLine ?? 0) + 1}; mend it, or rename the file to .txt to take it as it is."),
                broken);
        }
    }

    private static void Step(DocumentBuilder builder, ref Utf8JsonReader reader, JsonPath path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                path.Name(reader.GetString()!);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                path.Enter(array: reader.TokenType == JsonTokenType.StartArray);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                path.Leave();
                if (path.Depth <= 1)
                {
                    builder.EndParagraph();
                }

                break;
            case JsonTokenType.Null:
                path.Next();
                break;
            default:
                var value = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
                path.Next();
                Write(builder, path.ToString(), value);
                break;
        }
    }

    private static void Write(DocumentBuilder builder, string path, string value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            builder.Append(path);
            builder.Append(path.Length > 0 ? ": " : string.Empty);
            builder.Append(TextCleaner.Clean(value).Trim());
            builder.EndLine();
        }
    }
}
