using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>The updates of all choices of one completion, in the order in which they come. Not thread safe.</summary>
internal abstract class ChoiceSource : IAsyncDisposable
{
    /// <summary>Index of the choice that <see cref="Current"/> belongs to.</summary>
    public int Choice { get; protected set; }

    /// <summary>The update, or null when the choice has ended.</summary>
    public ChatResponseUpdate? Current { get; protected set; }

    /// <returns>False when every choice has ended.</returns>
    public abstract ValueTask<bool> MoveNextAsync();

    public abstract ValueTask DisposeAsync();

    public static ChoiceSource Open(IReadOnlyList<IAsyncEnumerable<ChatResponseUpdate>> choices, CancellationToken cancellationToken) =>
        choices.Count == 1 ? new SingleChoiceSource(choices[0], cancellationToken) : new MergedChoiceSource(choices, cancellationToken);
}
