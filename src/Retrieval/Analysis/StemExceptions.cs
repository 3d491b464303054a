using System.Collections.Frozen;

namespace GenAI.Retrieval.Analysis;

/// <summary>Words that Porter2's rules would treat wrongly.</summary>
internal static class StemExceptions
{
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Whole =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie",
            ["idly"] = "idl", ["gently"] = "gentl", ["ugly"] = "ugli", ["early"] = "earli", ["only"] = "onli",
            ["singly"] = "singl", ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas",
            ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
        }.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AfterPlural =
        new[] { "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed" }
            .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string? Find(ReadOnlySpan<char> word) =>
        word.Length <= 6 && Whole.TryGetValue(word, out var stem) ? stem : null;

    public static bool StopsAfterPlural(ReadOnlySpan<char> word) => word.Length <= 7 && AfterPlural.Contains(word);
}
