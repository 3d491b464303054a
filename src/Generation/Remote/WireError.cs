using System.Text.Json;

namespace GenAI.Generation.Remote;

/// <summary>An error object; <c>code</c> is a string by the standard and a number with several servers.</summary>
internal sealed record WireError(string? Message, string? Type, JsonElement? Code);
