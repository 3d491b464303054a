using GenAI.Generation.Llama.Native;

namespace GenAI.Generation.Llama.Scheduling;

/// <summary>
/// Idle sequences in main memory. Attention looks at every cell of the cache up to the last one in use, whosever it is,
/// so sequences that only wait for their next turn slow down all that run; copied out, they cost nothing until they
/// are wanted. Used by the owner thread alone.
/// </summary>
/// <param name="maxTokens">Tokens that they may have together; 0 keeps none.</param>
internal sealed class PrefixStore(NativeContext context, int maxTokens) : IDisposable
{
    /// <summary>Fewer tokens are computed as fast as they are copied.</summary>
    private const int LeastGain = 32;

    /// <summary>Copying a token costs about this share of computing it.</summary>
    private const int CopiesPerComputed = 16;

    /// <summary>Longest unused first.</summary>
    private readonly List<SavedPrefix> _saved = [];

    private int _tokens;

    /// <summary>Copies a sequence out, which may push out older ones.</summary>
    /// <returns>False when it is too long for the store, or the model's memory cannot be copied: then it must stay in the cache.</returns>
    public bool TrySave(Slot slot)
    {
        if (slot.Tokens.Count > maxTokens || context.Save(slot.Id) is not { } snapshot)
        {
            return false;
        }

        _saved.FindAll(saved => saved.IsCoveredBy(slot)).ForEach(Remove);
        while (_tokens + slot.Tokens.Count > maxTokens)
        {
            Remove(_saved[0]);
        }

        Add(new SavedPrefix([.. slot.Tokens], slot.Tenant, snapshot));
        return true;
    }

    /// <summary>Takes out the sequence that is worth copying back for a prompt; give it to <see cref="TryRestore"/>.</summary>
    /// <param name="maxReuse">Tokens of the prompt that may be reused.</param>
    /// <param name="held">Tokens of it that the cache holds already.</param>
    /// <param name="room">Tokens that the cache has room for.</param>
    /// <param name="wholeOnly">Whether a sequence is of use only where the prompt begins with all of it.</param>
    /// <returns>The sequence and how much of the prompt it begins with; null when computing is as good.</returns>
    public (SavedPrefix Saved, int Length)? Take(ReadOnlySpan<int> prompt, string tenant, int maxReuse, int held, int room, bool wholeOnly)
    {
        var (saved, length) = FindBest(prompt, tenant);
        length = Math.Min(length, maxReuse);
        var gain = length - held;
        if (saved is null
            || gain < LeastGain
            || gain * CopiesPerComputed < saved.Tokens.Length
            || Math.Max(prompt.Length, saved.Tokens.Length) > room
            || (wholeOnly && length < saved.Tokens.Length))
        {
            return null;
        }

        _saved.Remove(saved);
        _tokens -= saved.Tokens.Length;
        return (saved, length);
    }

    /// <summary>Copies a sequence back into an empty slot; while there is room it stays here too, until a longer one covers it.</summary>
    public bool TryRestore(SavedPrefix saved, Slot slot)
    {
        var restored = context.Restore(saved.Snapshot, slot.Id);
        if (restored)
        {
            slot.Tokens.AddRange(saved.Tokens);
        }

        if (_tokens + saved.Tokens.Length <= maxTokens)
        {
            Add(saved);
        }
        else
        {
            saved.Snapshot.Dispose();
        }

        return restored;
    }

    public void Dispose()
    {
        _saved.ForEach(saved => saved.Snapshot.Dispose());
        _saved.Clear();
    }

    private (SavedPrefix? Saved, int Length) FindBest(ReadOnlySpan<int> prompt, string tenant)
    {
        SavedPrefix? best = null;
        var longest = 0;
        foreach (var saved in _saved)
        {
            var length = string.Equals(saved.Tenant, tenant, StringComparison.Ordinal) ? saved.Tokens.AsSpan().CommonPrefixLength(prompt) : 0;
            if (length > longest)
            {
                (best, longest) = (saved, length);
            }
        }

        return (best, longest);
    }

    private void Add(SavedPrefix saved)
    {
        _saved.Add(saved);
        _tokens += saved.Tokens.Length;
    }

    private void Remove(SavedPrefix saved)
    {
        _saved.Remove(saved);
        _tokens -= saved.Tokens.Length;
        saved.Snapshot.Dispose();
    }
}
