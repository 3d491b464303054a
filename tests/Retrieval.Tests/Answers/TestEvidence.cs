using GenAI.Retrieval.Answers;

namespace GenAI.Retrieval.Tests.Answers;

internal static class TestEvidence
{
    public const string Text =
        "The Meridian bridge was opened in 1932 by Anna Kowalska. It spans 412 metres over the river Orla. " +
        "The toll was abolished in 1974. Because the pillars had rusted, it was closed for two years.";

    public const string ServiceGuide =
        """
        # Service guide

        ## Technical data

        | Property | FieldMeter 3 | FieldMeter 4 |
        |---|---|---|
        | Battery life | 14 months | 22 months |
        | Weight | 3.8 kg | 3.1 kg |

        Sensor caps (part number FM-OC-17) last 24 months. They are kept dry and dark.

        ## Error codes

        - **E-104**: no reading from the oxygen sensor. Check that the cap is screwed on; then change the cap.
        - **E-203**: battery below 3.1 volts. Change the battery pack within 72 hours.
        - **E-311**: radio gave up after 20 attempts. Move the antenna above the waterline.

        ## Error log

        The error log keeps the last 500 errors.
        """;

    public static Evidence Of(string text, string file = "bridge.md", int start = 100, int? page = null) =>
        new($"file-{file}", file, text, start, ["Bridges"], page, 1);

    public static Evidence[] Bridge { get; } =
    [
        Of(Text, page: 7),
        Of("The city library lends 30,000 books. It is open from nine to six. Dogs are not allowed in the reading room.", "library.md", 0),
    ];
}
