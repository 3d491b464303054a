namespace GenAI.Generation.Structured.Schema;

/// <summary>
/// Formats of strings as grammar, each with the least and the greatest number of characters it makes. Every text is
/// valid (RFC 3339, 4122, 5321, 1123, 2673, 4291, 3986); where a format also allows what nobody writes, such as quoted
/// mailboxes, the grammar is narrower.
/// </summary>
internal static class StringFormats
{
    // Days follow the month; the 29th of February is left to no year, so that every date there exists.
    private const string Date = """[0-9]{4} "-" (("0" [13578] | "1" [02]) "-" ("0" [1-9] | [12] [0-9] | "3" [01]) | ("0" [469] | "11") "-" ("0" [1-9] | [12] [0-9] | "30") | "02-" ("0" [1-9] | "1" [0-9] | "2" [0-8]))""";
    private const string Time = """([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,9})? ("Z" | [+-] ([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9])""";
    private const string Octet = """("25" [0-5] | "2" [0-4] [0-9] | "1" [0-9] [0-9] | [1-9]? [0-9])""";
    private const string Label = """[a-zA-Z0-9] ([a-zA-Z0-9-]{0,30} [a-zA-Z0-9])?""";
    private const string Host = "(" + Label + ") (\".\" " + Label + "){0,5}";
    private const string Mailbox = """[a-zA-Z0-9_+-]{1,20} ("." [a-zA-Z0-9_+-]{1,20}){0,2}""";
    private const string Hex = "[0-9a-fA-F]{1,4}";
    private const string PathCharacter = """([a-zA-Z0-9._~!$&'()*+,;=:@-] | "%" [0-9a-fA-F]{2})""";
    private const string Tail = "(\"?\" (" + PathCharacter + " | [/?])*)? (\"#\" (" + PathCharacter + " | [/?])*)?";
    private const string Days = """[0-9]{1,5} "D" """;
    private const string Seconds = """[0-9]{1,5} "S" """;
    private const string ClockTime = """([0-9]{1,5} "H" ([0-9]{1,5} "M" (""" + Seconds + """)?)? | [0-9]{1,5} "M" (""" + Seconds + ")? | " + Seconds + ")";
    private const string Calendar = """([0-9]{1,5} "Y" ([0-9]{1,5} "M" (""" + Days + """)?)? | [0-9]{1,5} "M" (""" + Days + ")? | " + Days + ")";

    private static readonly Dictionary<string, PatternPart> s_formats = new(StringComparer.Ordinal)
    {
        ["date"] = new(Date, 10, 10),
        ["time"] = new(Time, 9, 24),
        ["date-time"] = new(Date + " \"T\" " + Time, 20, 35),
        ["duration"] = new("\"P\" ([0-9]{1,5} \"W\" | " + Calendar + " (\"T\" " + ClockTime + ")? | \"T\" " + ClockTime + ")", 3, 38),
        ["uuid"] = new("""[0-9a-fA-F]{8} "-" [0-9a-fA-F]{4} "-" [0-9a-fA-F]{4} "-" [0-9a-fA-F]{4} "-" [0-9a-fA-F]{12}""", 36, 36),
        ["email"] = new($"{Mailbox} \"@\" {Label} (\".\" {Label}){{1,4}}", 5, 227),
        ["hostname"] = new(Host, 1, 197),
        ["ipv4"] = new(Octet + " \".\" " + Octet + " \".\" " + Octet + " \".\" " + Octet, 7, 15),
        ["ipv6"] = new(IPv6(), 2, 39),
        ["uri"] = new($"[a-zA-Z] [a-zA-Z0-9+.-]{{0,20}} \":\" (\"//\" {Host} (\":\" [0-9]{{1,5}})? (\"/\" {PathCharacter}*)* | {PathCharacter}+ (\"/\" {PathCharacter}*)*) {Tail}", 3, null),
    };

    public static IEnumerable<string> Names => s_formats.Keys;

    /// <summary>Null for a format that is not among them.</summary>
    public static PatternPart? Find(string name) => s_formats.GetValueOrDefault(name);

    /// <summary>Eight groups, or fewer around one gap.</summary>
    private static string IPv6()
    {
        var forms = Enumerable.Range(0, 8).Select(before =>
        {
            var left = before == 0 ? "" : before == 1 ? Hex + " " : $"{Hex} (\":\" {Hex}){{{before - 1}}} ";
            var after = 7 - before;
            var right = after == 0 ? "" : after == 1 ? $" ({Hex})?" : $" ({Hex} (\":\" {Hex}){{0,{after - 1}}})?";
            return $"{left}\"::\"{right}";
        });
        return $"({Hex} (\":\" {Hex}){{7}} | {string.Join(" | ", forms)})";
    }
}
