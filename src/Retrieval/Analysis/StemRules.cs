namespace GenAI.Retrieval.Analysis;

/// <summary>The suffix tables of Porter2's steps 2 to 4, longest suffix first.</summary>
internal static class StemRules
{
    public static readonly StemRule[] Step2 = Sort(
        new("tional", "tion"), new("enci", "ence"), new("anci", "ance"), new("abli", "able"), new("entli", "ent"),
        new("izer", "ize"), new("ization", "ize"), new("ational", "ate"), new("ation", "ate"), new("ator", "ate"),
        new("alism", "al"), new("aliti", "al"), new("alli", "al"), new("fulness", "ful"), new("ousli", "ous"),
        new("ousness", "ous"), new("iveness", "ive"), new("iviti", "ive"), new("biliti", "ble"), new("bli", "ble"),
        new("ogi", "og", "l"), new("fulli", "ful"), new("lessli", "less"), new("li", "", "cdeghkmnrt"));

    public static readonly StemRule[] Step3 = Sort(
        new("tional", "tion"), new("ational", "ate"), new("alize", "al"), new("icate", "ic"), new("iciti", "ic"),
        new("ical", "ic"), new("ful", ""), new("ness", ""), new("ative", "", NeedsSecondRegion: true));

    public static readonly StemRule[] Step4 = Sort(
        new("al", ""), new("ance", ""), new("ence", ""), new("er", ""), new("ic", ""), new("able", ""), new("ible", ""),
        new("ant", ""), new("ement", ""), new("ment", ""), new("ent", ""), new("ism", ""), new("ate", ""),
        new("iti", ""), new("ous", ""), new("ive", ""), new("ize", ""), new("ion", "", "st"));

    private static StemRule[] Sort(params StemRule[] rules) => [.. rules.OrderByDescending(rule => rule.Suffix.Length)];
}
