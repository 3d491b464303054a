namespace GenAI.Retrieval.Answers;

/// <summary>A way of making an answer from evidence.</summary>
public interface IAnswerPolicy
{
    string Name { get; }

    /// <summary>Answers a question from evidence given best first. Never cites what is not in it; abstains when it is silent.</summary>
    Task<Answer> AnswerAsync(string question, IReadOnlyList<Evidence> evidence, CancellationToken cancellationToken);
}
