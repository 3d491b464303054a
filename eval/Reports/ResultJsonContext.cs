using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenAI.Eval.Reports;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(EvalResult))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
