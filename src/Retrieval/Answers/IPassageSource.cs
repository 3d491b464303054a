namespace GenAI.Retrieval.Answers;

/// <summary>Finds the passages that an answer may rest on. Safe for concurrent use.</summary>
public interface IPassageSource
{
    /// <summary>Passages, best first; empty when nothing was found.</summary>
    Task<IReadOnlyList<Evidence>> FindAsync(PassageRequest request, CancellationToken cancellationToken);
}
