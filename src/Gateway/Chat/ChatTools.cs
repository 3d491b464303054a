using GenAI.Gateway.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>The tools of a request: functions for the model, and file search for ourselves.</summary>
internal sealed record ChatTools(IList<AITool> Functions, JsonFields? FileSearch);
