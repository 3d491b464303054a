using GenAI.Gateway.Models;

namespace GenAI.Gateway.Chat;

/// <summary>What every chunk of one completion repeats.</summary>
/// <param name="Created">Unix seconds.</param>
/// <param name="Model">The name the caller used, alias included.</param>
internal sealed record ChatCompletionIdentity(string Id, long Created, string Model, string Fingerprint)
{
    public static ChatCompletionIdentity Create(string model, ModelInfo target, DateTimeOffset now) => new(
        $"chatcmpl-{Guid.NewGuid():N}",
        now.ToUnixTimeSeconds(),
        model,
        FingerprintOf(target));

    // Stable for a model file and a program version, which is what makes a seed repeatable.
    private static string FingerprintOf(ModelInfo info)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in $"{info.Id}|{info.SizeBytes}|{info.Quantisation}|{typeof(ModelInfo).Assembly.GetName().Version}")
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return $"fp_{(uint)(hash ^ (hash >> 32)):x8}";
    }
}
