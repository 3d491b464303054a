using System.Text.Json;

namespace GenAI.Generation.Structured;

/// <summary>Grammars for JSON of any shape.</summary>
public static class JsonGrammar
{
    internal static readonly JsonElement AnyObjectSchema = JsonElement.Parse("""{"type":"object"}""");

    /// <summary>Any JSON object: what <c>response_format: json_object</c> asks for.</summary>
    public static string AnyObject { get; } = JsonSchemaGrammar.Compile(AnyObjectSchema);
}
