namespace GenAI.Retrieval.Naming;

/// <summary>How far a query names documents by the words of their file names ("What did Acme earn in 2022?" and ACME_2022_10K.pdf).</summary>
/// <remarks>
/// A name is a field of its own, scored apart from the text and then joined with it, as in Robertson, Zaragoza, Taylor,
/// "Simple BM25 extension to multiple weighted fields" (CIKM 2004). It is the share of the name that is named, each word
/// counted by how few of the names at hand hold it (inverse document frequency, as in BM25): a year that half of the files
/// carry says less than a company that one carries.
/// </remarks>
internal sealed class NamedDocuments
{
    /// <summary>A name of one word ("security.md") is as often only a word of the question, so half of it counts as unnamed.</summary>
    private const int LeastWords = 2;

    private readonly Dictionary<string, double> _shares = new(StringComparer.Ordinal);

    /// <param name="fileNames">Names of the documents that may be meant; the same name may come again.</param>
    public NamedDocuments(string query, IEnumerable<string> fileNames)
    {
        var asked = FileNameWords.Of(query);
        var names = fileNames.Distinct(StringComparer.Ordinal).Select(name => (Name: name, Words: new FileNameWords(name))).ToList();
        var holding = names.SelectMany(name => name.Words.Words).GroupBy(word => word, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        double Idf(int holding) => Math.Log(1 + ((names.Count - holding + .5) / (holding + .5)));
        double Rarity(string word) => Idf(holding[word]);
        var unique = Idf(1);

        foreach (var (name, words) in names)
        {
            var named = words.In(asked).Named;
            _shares[name] = named.Count == 0 || IsSerial(words) ? 0 : named.Sum(Rarity) / Math.Max(words.Words.Sum(Rarity), LeastWords * unique);
        }
    }

    /// <summary>"17.txt" is a file's number, and a 17 in a question counts something; a year is a name.</summary>
    private static bool IsSerial(FileNameWords name) =>
        name.Words.All(word => word.All(char.IsAsciiDigit) && !(word.Length == 4 && word[0] is '1' or '2'));

    /// <summary>From 0 for a name that the query does not mention to 1 for one that it mentions whole; a name of one word reaches a half.</summary>
    public double Share(string fileName) => _shares[fileName];
}
