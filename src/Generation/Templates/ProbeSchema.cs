using System.Text.Json;

namespace GenAI.Generation.Templates;

internal static class ProbeSchema
{
    // The argument's name is not in here, so that the probe finds it in the call alone.
    public static readonly JsonElement Element = JsonElement.Parse("""{"type":"object","properties":{}}""");
}
