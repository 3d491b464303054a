using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>Finds a question's words in a file name, where words are often written together: "BESTBUY_2024Q2_10Q.pdf".</summary>
internal static class FileNameWords
{
    /// <summary>A shorter beginning says too little ("a" of "annual").</summary>
    private const int MinBeginning = 3;

    /// <summary>The question's words that the name holds: whole, two joined, or as the beginning of a joined word.</summary>
    public static HashSet<string> Named(string fileName, IReadOnlyList<string> questionWords)
    {
        var words = AnswerWords.All(Path.GetFileNameWithoutExtension(fileName)).SelectMany(Parts).ToHashSet(StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < questionWords.Count; i++)
        {
            var word = questionWords[i];
            if (words.Contains(word) || (word.Length >= MinBeginning && char.IsLetter(word[0]) && words.Any(other => other.StartsWith(word, StringComparison.Ordinal))))
            {
                named.Add(word);
            }

            if (i > 0 && words.Any(other => other.StartsWith(questionWords[i - 1] + word, StringComparison.Ordinal)))
            {
                named.Add(questionWords[i - 1]);
                named.Add(word);
            }
        }

        return named;
    }

    /// <summary>"2024q2" is a year and a quarter too.</summary>
    private static IEnumerable<string> Parts(string word)
    {
        yield return word;
        var cut = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (cut == 4)
        {
            yield return word[..cut];
            yield return word[cut..];
        }
    }
}
