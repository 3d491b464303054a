using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Naming;

/// <summary>The words of a file name, found in a question that may write them apart: "BESTBUY_2024Q2_10Q.pdf".</summary>
internal sealed class FileNameWords
{
    /// <summary>A shorter beginning says too little ("a" of "annual").</summary>
    private const int MinBeginning = 3;

    private const int YearLength = 4;
    private const int QuarterLength = 2;

    public FileNameWords(string fileName) =>
        Words = Of(Path.GetFileNameWithoutExtension(fileName)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Stems, each once; a year and a quarter that are written together are two.</summary>
    public IReadOnlySet<string> Words { get; }

    /// <summary>The words of a question as names are compared with them, in order.</summary>
    public static List<string> Of(string text) => [.. AnswerWords.Content(text).SelectMany(Parts)];

    /// <summary>Which words of the name a question holds, and which words of the question said so: whole, two joined, or as the beginning of a joined word.</summary>
    public (IReadOnlySet<string> Named, IReadOnlySet<string> Naming) In(IReadOnlyList<string> question)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var naming = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < question.Count; i++)
        {
            if (Find(question[i], isWhole: true) is { } word)
            {
                named.Add(word);
                naming.Add(question[i]);
            }

            if (i > 0 && Find(question[i - 1] + question[i], isWhole: false) is { } joined)
            {
                named.Add(joined);
                naming.Add(question[i - 1]);
                naming.Add(question[i]);
            }
        }

        return (named, naming);
    }

    private string? Find(string asked, bool isWhole) =>
        Words.Contains(asked) ? asked
        : isWhole && (asked.Length < MinBeginning || !char.IsLetter(asked[0])) ? null
        : Words.FirstOrDefault(word => word.StartsWith(asked, StringComparison.Ordinal));

    /// <summary>"2024q2" and "q22024" are a year and a quarter.</summary>
    private static IEnumerable<string> Parts(string word)
    {
        if (word.Length != YearLength + QuarterLength)
        {
            return [word];
        }

        var (first, second) = word[0] == 'q' ? (word[..QuarterLength], word[QuarterLength..]) : (word[..YearLength], word[YearLength..]);
        var (year, quarter) = first.Length == YearLength ? (first, second) : (second, first);
        return year.All(char.IsAsciiDigit) && quarter[0] == 'q' && char.IsAsciiDigit(quarter[1]) ? [first, second] : [word];
    }
}
