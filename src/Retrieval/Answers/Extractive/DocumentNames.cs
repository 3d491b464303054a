using GenAI.Retrieval.Naming;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>What a question's names say of each document of the evidence, looked up once.</summary>
internal sealed class DocumentNames(QuestionProfile question)
{
    private readonly Dictionary<string, (IReadOnlySet<string> Naming, IReadOnlySet<string> Written, double Missing)> _documents = new(StringComparer.Ordinal);

    /// <summary>The question's words that name the document by its file name.</summary>
    public IReadOnlySet<string> Naming(Evidence evidence) => Of(evidence).Naming;

    /// <summary>The words of the question's proper names that the document writes somewhere.</summary>
    public IReadOnlySet<string> Written(Evidence evidence) => Of(evidence).Written;

    /// <summary>Share of the question's proper names that the document never writes.</summary>
    public double Missing(Evidence evidence) => Of(evidence).Missing;

    private (IReadOnlySet<string> Naming, IReadOnlySet<string> Written, double Missing) Of(Evidence evidence)
    {
        if (!_documents.TryGetValue(evidence.DocumentId, out var found))
        {
            var words = new FileNameWords(evidence.FileName);
            found = (
                words.In(question.Words).Naming,
                question.Names.WrittenIn(evidence).SelectMany(FileNameWords.Of).ToHashSet(StringComparer.Ordinal),
                question.Names.MissingIn(evidence, name => words.In(FileNameWords.Of(name)).Named.Count > 0));
            _documents[evidence.DocumentId] = found;
        }

        return found;
    }
}
