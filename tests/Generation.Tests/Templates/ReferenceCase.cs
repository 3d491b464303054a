using System.Text.Json;

namespace GenAI.Generation.Tests.Templates;

internal sealed record ReferenceCase(string Name, JsonElement Variables);
