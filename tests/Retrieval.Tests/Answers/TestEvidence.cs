using GenAI.Retrieval.Answers;

namespace GenAI.Retrieval.Tests.Answers;

internal static class TestEvidence
{
    public const string Text =
        "The Meridian bridge was opened in 1932 by Anna Kowalska. It spans 412 metres over the river Orla. " +
        "The toll was abolished in 1974. Because the pillars had rusted, it was closed for two years.";

    public static Evidence Of(string text, string file = "bridge.md", int start = 100, int? page = null) =>
        new($"file-{file}", file, text, start, ["Bridges"], page, 1);

    public static Evidence[] Bridge { get; } =
    [
        Of(Text, page: 7),
        Of("The city library lends 30,000 books. It is open from nine to six. Dogs are not allowed in the reading room.", "library.md", 0),
    ];
}
