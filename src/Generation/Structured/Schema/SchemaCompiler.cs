using System.Text.Json;
using System.Text.Json.Nodes;

namespace GenAI.Generation.Structured.Schema;

/// <summary>Walks a schema and makes a rule of each part.</summary>
internal sealed class SchemaCompiler
{
    private static readonly string[] AllTypes = ["object", "array", "string", "number", "boolean", "null"];

    private readonly JsonNode _root;
    private readonly GrammarBuilder _grammar;
    private readonly SchemaReferences _references;
    private readonly Dictionary<string, string> _referenceRules = new(StringComparer.Ordinal);
    private readonly ObjectRules _objects;
    private readonly ArrayRules _arrays;
    private readonly StringRules _strings;
    private string? _anyRule;
    private int _depth;

    public SchemaCompiler(JsonElement schema, GrammarBuilder grammar)
    {
        _root = JsonNode.Parse(schema.GetRawText(), documentOptions: new JsonDocumentOptions { MaxDepth = 256 })
            ?? throw new UnsupportedSchemaException("(schema)", "$", "is null");
        _grammar = grammar;
        _references = new SchemaReferences(_root);
        _strings = new StringRules(grammar);
        _objects = new ObjectRules(this, grammar, _strings);
        _arrays = new ArrayRules(this, grammar);
    }

    public string CompileRoot() => Compile(_root, "$");

    /// <summary>An expression for a schema: a rule's name wherever it is more than a word.</summary>
    public string Compile(JsonNode? schema, string path)
    {
        if (++_depth > _grammar.Options.MaxDepth)
        {
            throw new UnsupportedSchemaException("(schema)", path, $"is nested deeper than {_grammar.Options.MaxDepth} levels");
        }

        var rule = schema switch
        {
            JsonObject map => CompileObject(map, path),
            JsonValue value when value.TryGetValue<bool>(out var all) => all ? Any() : throw new UnsupportedSchemaException("false", path, "allows nothing"),
            _ => throw new UnsupportedSchemaException("(schema)", path, "is neither an object nor a boolean"),
        };
        _depth--;
        return rule;
    }

    /// <summary>Any JSON value.</summary>
    public string Any()
    {
        if (_anyRule is null)
        {
            _anyRule = _grammar.Reserve("any");
            _grammar.Define(_anyRule, string.Join(" | ", AllTypes.Select(type => CompileType(type, new JsonObject(), [], "$"))));
        }

        return _anyRule;
    }

    private string CompileObject(JsonObject schema, string path)
    {
        SchemaKeywords.RequireKnown(schema, _grammar.Options.IgnoreUnknownKeywords, path);
        if (schema["$ref"] is { } reference)
        {
            return CompileReference(schema, reference.ToString(), path);
        }

        if (SchemaKeywords.List(schema, "allOf", path) is { } all)
        {
            return Compile(all.Aggregate(Without(schema, "allOf"), (merged, part) => SchemaMerger.Merge(merged, Inline(part, path), path)), path);
        }

        foreach (var keyword in new[] { "anyOf", "oneOf" })
        {
            if (SchemaKeywords.List(schema, keyword, path) is { Count: > 0 } branches)
            {
                return CompileBranches(Without(schema, keyword), branches, $"{path}.{keyword}");
            }
        }

        var positive = NegationRules.Resolve(schema, [.. TypesOf(schema, path)], out var excluded, path);
        return positive.ContainsKey("enum") || positive.ContainsKey("const")
            ? new EnumRules(_grammar).Compile(positive, path)
            : _grammar.Rule("value", string.Join(" | ", TypesOf(positive, path).Select(type => CompileType(type, positive, excluded, path))));
    }

    private string CompileReference(JsonObject schema, string reference, string path)
    {
        var siblings = Without(schema, "$ref");
        if (siblings.Any(static p => !SchemaKeywords.IsAnnotation(p.Key)))
        {
            return Compile(SchemaMerger.Merge(Inline(_references.Resolve(reference, path), path), siblings, path), path);
        }

        if (!_referenceRules.TryGetValue(reference, out var name))
        {
            name = _grammar.Reserve("ref");
            _referenceRules[reference] = name;
            var body = Compile(_references.Resolve(reference, path), reference);
            _grammar.Define(name, body == name ? throw new UnsupportedSchemaException("$ref", path, "points to itself") : body);
        }

        return name;
    }

    /// <summary>A schema that can be merged: what a reference points to stands in its place.</summary>
    private JsonObject Inline(JsonNode? schema, string path)
    {
        for (var hops = 0; schema is JsonObject map; hops++)
        {
            if (map["$ref"] is not { } reference)
            {
                return map;
            }

            var target = hops < _grammar.Options.MaxDepth
                ? _references.Resolve(reference.ToString(), path)
                : throw new UnsupportedSchemaException("$ref", path, "goes round in a circle");
            schema = target is JsonObject to ? SchemaMerger.Merge(to, Without(map, "$ref"), path) : target;
        }

        return schema is JsonValue value && value.TryGetValue<bool>(out var all) && all
            ? []
            : throw new UnsupportedSchemaException("allOf", path, "joins something that is not a schema");
    }

    private string CompileBranches(JsonObject shared, JsonArray branches, string path)
    {
        var hasShared = shared.Any(static p => !SchemaKeywords.IsAnnotation(p.Key));
        var rules = branches.Select((branch, i) => Compile(
            hasShared ? SchemaMerger.Merge(shared, Inline(branch, $"{path}[{i}]"), $"{path}[{i}]") : branch,
            $"{path}[{i}]"));
        return _grammar.Rule("either", string.Join(" | ", rules.Distinct(StringComparer.Ordinal).ToList()));
    }

    private string CompileType(string type, JsonObject schema, IReadOnlyList<string> excluded, string path) => type switch
    {
        "object" => _objects.Compile(schema, path),
        "array" => _arrays.Compile(schema, path),
        "string" => _strings.Compile(schema, excluded, path),
        "number" => new NumberRules(_grammar).Compile(schema, path, isInteger: false),
        "integer" => new NumberRules(_grammar).Compile(schema, path, isInteger: true),
        "boolean" => "(\"true\" | \"false\")",
        "null" => "\"null\"",
        _ => throw new UnsupportedSchemaException("type", path, $"names '{type}', which is not a type"),
    };

    /// <summary>The types a schema allows. One that does not say is taken to mean the type its other keywords speak about.</summary>
    private static IEnumerable<string> TypesOf(JsonObject schema, string path)
    {
        switch (schema["type"])
        {
            case null:
                var implied = schema.Select(static p => SchemaKeywords.TypeFor(p.Key)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
                return implied.Count == 0 ? AllTypes : implied;
            case JsonArray { Count: > 0 } list:
                var names = list.Select(static n => n?.ToString() ?? "").Distinct(StringComparer.Ordinal).ToList();
                return names.Contains("number") ? names.Where(static n => n != "integer") : names;
            case JsonValue value when value.TryGetValue<string>(out var name):
                return [name];
            default:
                throw new UnsupportedSchemaException("type", path, "is neither a name nor a list of names");
        }
    }

    private static JsonObject Without(JsonObject schema, string keyword)
    {
        var result = (JsonObject)schema.DeepClone();
        result.Remove(keyword);
        return result;
    }
}
