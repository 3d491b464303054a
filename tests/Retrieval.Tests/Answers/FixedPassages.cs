using GenAI.Retrieval.Answers;

namespace GenAI.Retrieval.Tests.Answers;

/// <summary>Finds the same passages whatever is asked, and remembers the request.</summary>
internal sealed class FixedPassages(params Evidence[] evidence) : IPassageSource
{
    public PassageRequest? Request { get; private set; }

    public Task<IReadOnlyList<Evidence>> FindAsync(PassageRequest request, CancellationToken cancellationToken)
    {
        Request = request;
        return Task.FromResult<IReadOnlyList<Evidence>>(evidence);
    }
}
